package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.NotedSteps;
import dev.tidepool.nodepack.PackZip;
import dev.tidepool.nodepack.RegistryServer;
import dev.tidepool.nodepack.TestPacks;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small environment with a real uv, a package index and a registry of its own. */
final class TestEnvironment implements AutoCloseable {
  final List<String> notes = new ArrayList<>();
  final PackageIndex index;
  final RegistryServer registry;
  private final Path folder;
  private final Map<String, String> variables;

  TestEnvironment(Path folder) throws IOException {
    this.folder = folder;
    index =
        new PackageIndex()
            .wheel("sea", "1.0")
            .wheel("sea", "1.5")
            .wheel("sea", "2.0")
            .wheel("shell_x", "2.0");
    registry = new RegistryServer();
    variables = made();
    registry.pack("alpha", "Alpha Pack", "https://github.com/a/alpha");
    registry.version("alpha", "1.0.0", PackZip.pack("one", "sea<2"));
    registry.version("alpha", "1.1.0", PackZip.pack("two", "sea<2", "shell-x"));
    registry.pack("beta", "beta", "https://github.com/b/beta");
    registry.version("beta", "3.0", PackZip.pack("beta", "sea>=2"));
    registry.pack("plain", "plain", "");
    registry.version("plain", "1", PackZip.pack("plain"));
    Environment environment = environment();
    Files.createDirectories(environment.customNodes());
    Files.createDirectories(environment.cec());
    Manifest manifest =
        Manifest.initial(
                new Manifest.Start(
                    "cave",
                    "3.11",
                    new ComfyUiPin(
                        "v1", java.util.Optional.of("release"), java.util.Optional.of("abc")),
                    "cpu"))
            .withDependencies(List.of());
    Files.writeString(environment.pyproject(), manifest.text());
    PythonProject python = new PythonProject(tools());
    Files.write(environment.lock(), python.locked(environment, steps()));
    python.sync(environment, steps());
  }

  Environment environment() {
    return new Environment("höhle", folder.resolve("Höhle 1"), new StoreLocks(), Clock.systemUTC());
  }

  NodePacks packs() throws IOException {
    return packs(environment(), Questions.none());
  }

  NodePacks packs(Environment environment, Questions questions) throws IOException {
    ProcessRunner runner = new ProcessRunner(variables(), folder.resolve("uv.log"));
    return new NodePacks(
        environment,
        new NodeTools(
            TestPacks.of(registry, folder.resolve("cache")),
            new PythonProject(tools()),
            folder.resolve("cache/resolutions"),
            runner),
        questions);
  }

  NotedSteps steps() {
    return new NotedSteps(notes);
  }

  Manifest manifest() {
    return Manifest.read(environment().pyproject());
  }

  /** What the manifest says of a pack that it lists. */
  NodeEntry entry(String id) {
    return java.util.Objects.requireNonNull(manifest().nodes().get(id));
  }

  Path customNodes() {
    return environment().customNodes();
  }

  Map<String, String> installed() {
    return PythonProject.installed(environment());
  }

  /** A file of the user's. */
  Path file(String name, String content) throws IOException {
    Path file = customNodes().resolve(name);
    Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, content);
  }

  /** Everything that a user would miss: the packs, the manifest, the lock, what is installed. */
  SortedMap<String, String> state() throws IOException {
    SortedMap<String, String> state = new TreeMap<>();
    Path root = environment().folder();
    for (String part : List.of("ComfyUI", ".cec", ".venv")) {
      try (Stream<Path> all = Files.walk(root.resolve(part))) {
        for (Path each : all.toList()) {
          if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
              && !each.toString().contains("__pycache__")) {
            state.put(root.relativize(each).toString(), content(each));
          }
        }
      }
    }
    try (Stream<Path> all = Files.list(root)) {
      state.put(
          "left",
          all.map(each -> String.valueOf(each.getFileName()))
              .filter(name -> !name.equals(".tidepool"))
              .sorted()
              .toList()
              .toString());
    }
    return state;
  }

  private static String content(Path file) throws IOException {
    return Files.size(file) + ":" + java.util.Arrays.hashCode(Files.readAllBytes(file));
  }

  private PythonTools tools() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    return new PythonTools(home, new ProcessRunner(variables(), folder.resolve("uv.log")));
  }

  private Map<String, String> variables() {
    return variables;
  }

  private Map<String, String> made() throws IOException {
    Map<String, String> variables = index.environment();
    variables.put("UV_CACHE_DIR", folder.resolve("uv_cache").toString());
    return variables;
  }

  @Override
  public void close() {
    index.close();
    registry.close();
  }
}
