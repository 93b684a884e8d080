package dev.tidepool.importing;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.comfyui.Source;
import dev.tidepool.download.DownloadFailures;
import dev.tidepool.download.Downloads;
import dev.tidepool.download.FileServer;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Torch;
import dev.tidepool.history.Identity;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelRoot;
import dev.tidepool.nodepack.NotedSteps;
import dev.tidepool.nodepack.PackZip;
import dev.tidepool.nodepack.RegistryServer;
import dev.tidepool.nodepack.TestPacks;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.PythonTools;
import dev.tidepool.resolution.Asking;
import dev.tidepool.version.Graphs;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A workspace to import into, with servers for models, packs and packages, and the real uv. */
final class ImportWorld implements AutoCloseable {
  private static final Loaders LOADERS = Loaders.builtIn();

  final Path folder;
  final Workspace workspace;
  final Path models;
  final FileServer server;
  final RegistryServer registry;
  final PackageIndex index;
  final List<String> notes = new ArrayList<>();
  private final StoreLocks locks = new StoreLocks();
  private final Map<String, String> variables;

  ImportWorld(Path parent) throws IOException {
    folder = parent.resolve("Öde Küste");
    workspace = new Workspace(folder.resolve("work space"));
    models = folder.resolve("Modelle");
    Files.createDirectories(models);
    Files.createDirectories(workspace.folder());
    server = new FileServer();
    registry = new RegistryServer();
    registry.pack("alpha", "alpha", "https://github.com/a/alpha");
    registry.version("alpha", "1.0.0", PackZip.pack("one"));
    registry.version("alpha", "2.0.0", PackZip.pack("two"));
    index = new PackageIndex().wheel("sea", "1.5");
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    variables = index.environment();
    variables.put("UV_CACHE_DIR", folder.resolve("uv_cache").toString());
    environments().file().setModelsFolder(models);
  }

  Environments environments() {
    return new Environments(workspace, locks, Clock.systemUTC(), notes::add);
  }

  Environment environment(String name) {
    return environments().named(Optional.of(name));
  }

  /** An environment with a workflow and a pack, without a Python. */
  Environment plain(String name) throws IOException {
    Environment environment =
        new Environment(name, workspace.environment(name), new StoreLocks(), Clock.systemUTC());
    Folders.delete(environment.folder());
    Files.createDirectories(environment.liveWorkflows());
    Files.createDirectories(environment.workflows());
    write(environment.customNodes().resolve("mine/__init__.py"), "mine = 1\n");
    write(environment.liveWorkflows().resolve("old.json"), Graphs.text("old.safetensors", 1));
    write(environment.workflows().resolve("old.json"), Graphs.text("old.safetensors", 1));
    Manifest manifest =
        Manifest.initial(
                new Manifest.Start(
                    name,
                    "3.11",
                    new ComfyUiPin("v0.4.0", Optional.of("release"), Optional.empty()),
                    "cpu"))
            .withNode("mine", NodeEntry.registry("mine", "mine", "1"))
            .withWorkflow("old", WorkflowEntry.named("old"));
    write(environment.pyproject(), "# by hand\n" + manifest.text());
    write(environment.lock(), BundleForge.LOCK);
    write(environment.cec().resolve(".complete"), "");
    environment.history(new Identity("Anna", "anna@example.org")).create("One");
    return environment;
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  Importing importing() {
    return importing(true);
  }

  Importing importing(boolean privateToo) {
    PublicAddresses rule = PublicAddresses.of(privateToo);
    HttpPatience patience =
        new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), 1);
    Http http = new Http(patience, length -> {}, rule, new DownloadFailures(), Tokens.none());
    return new Importing(
        new ImportTools(
            workspace,
            environments(),
            TestPacks.of(registry, workspace.cache()),
            new PythonTools(
                workspace.folder(), new ProcessRunner(variables, folder.resolve("uv.log"))),
            new Downloads(http, workspace.cache().resolve("downloads"), locks),
            rule,
            Torch.of("cpu", false),
            new Identity("Anna", "anna@example.org"),
            () -> LOADERS,
            locks,
            variables,
            Clock.systemUTC()));
  }

  ImportRequest request(String name, boolean merge) {
    return new ImportRequest(
        name,
        merge,
        false,
        false,
        Optional.of(Source.parse(folder.resolve("ComfyUI").toString(), folder)));
  }

  Steps steps() {
    return new NotedSteps(notes);
  }

  /** Plans, and throws away what was unpacked. */
  ImportPlan plan(BundleForge forge, ImportRequest request, boolean privateToo) {
    return plan(forge.write(folder.resolve("bundle.tar.gz")), request, privateToo);
  }

  ImportPlan plan(Path bundle, ImportRequest request, boolean privateToo) {
    try (StagedBundle staged = StagedBundle.of(workspace, bundle, Progress.none())) {
      return importing(privateToo)
          .plan(staged.bundle(), request, offering -> Asking.nobody(), steps());
    }
  }

  ImportReport run(BundleForge forge, String name) {
    return run(forge, request(name, false), MergeQuestions.none());
  }

  ImportReport run(BundleForge forge, ImportRequest request, MergeQuestions questions) {
    return run(forge.write(folder.resolve("bundle.tar.gz")), request, questions, steps());
  }

  ImportReport run(Path bundle, ImportRequest request, MergeQuestions questions, Steps steps) {
    try (StagedBundle staged = StagedBundle.of(workspace, bundle, Progress.none())) {
      Importing importing = importing();
      ImportPlan plan =
          importing.plan(staged.bundle(), request, offering -> Asking.nobody(), steps);
      return importing.apply(plan, questions, steps);
    }
  }

  /** Puts a model into the folder of models. */
  Path model(String path, byte[] content) throws IOException {
    Path file = models.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    return Files.write(file, content);
  }

  /** Brings the index up to date with a folder of models. */
  void indexed(Path root) {
    try (ModelIndex opened = ModelIndex.open(workspace.modelIndex(), Clock.systemUTC())) {
      opened.index(List.of(ModelRoot.of(root)), Progress.none());
    }
  }

  /** Everything below the world's folder that a user would miss, with its content. */
  SortedMap<String, String> state() throws IOException {
    SortedMap<String, String> state = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path each : walk.toList()) {
        String name = folder.relativize(each).toString().replace('\\', '/');
        boolean ours =
            name.contains("comfydock_cache")
                || name.contains("/.tidepool")
                || name.contains("uv_cache")
                || name.contains("__pycache__")
                || name.contains("/uv/")
                || name.contains("/logs")
                || name.endsWith("uv.log")
                || (name.endsWith(".lock") && !name.endsWith("uv.lock"))
                || name.equals("bundle.tar.gz");
        if (!ours && !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          state.put(
              name,
              Files.isRegularFile(each)
                  ? java.util.Arrays.hashCode(Files.readAllBytes(each)) + ""
                  : "link");
        }
      }
    }
    return state;
  }

  @Override
  public void close() {
    server.close();
    registry.close();
    index.close();
  }
}
