package dev.tidepool.version;

import dev.tidepool.comfyui.ComfyUiCache;
import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.PythonTools;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Decisions;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A workspace with one environment, its history and some models; without a Python. */
public final class VersionWorld {
  /** Nothing in these worlds needs uv: no package is asked for. */
  static final Supplier<PythonProject> NO_PYTHON =
      () -> {
        throw new AssertionError("uv is asked");
      };

  private static final Loaders LOADERS = Loaders.builtIn();

  public final Path folder;
  public final Path models;
  public final Environment environment;
  public final History history;
  private final StoreLocks locks = new StoreLocks();

  private VersionWorld(Path folder, Environment environment) {
    this.folder = folder;
    this.models = folder.resolve("Modelle und mehr");
    this.environment = environment;
    this.history =
        History.of(environment.cec(), Clock.systemUTC(), new Identity("Anna", "anna@example.org"));
  }

  /** Makes it below a folder with a space and an umlaut in its name. */
  public static VersionWorld in(Path parent) throws IOException {
    VersionWorld world = at(parent.resolve("Öde Küste"));
    Files.createDirectories(world.environment.liveWorkflows());
    Files.createDirectories(world.environment.customNodes());
    Files.createDirectories(world.environment.workflows());
    world.write(
        ".cec/pyproject.toml",
        "# by hand\n"
            + Manifest.initial(
                    new Manifest.Start(
                        "studio",
                        "3.11",
                        new ComfyUiPin("v0.30.0", Optional.of("release"), Optional.empty()),
                        "cpu"))
                .text());
    world.write(".cec/.complete", "");
    WorkspaceFile file =
        new WorkspaceFile(new Workspace(world.folder), world.locks, Clock.systemUTC());
    Files.createDirectories(world.models);
    file.setModelsFolder(world.models);
    file.activate(Optional.of("studio"));
    world.history.create("Initial environment setup");
    return world;
  }

  /** Opens what another process works on. */
  public static VersionWorld at(Path folder) {
    return new VersionWorld(
        folder,
        new Environment(
            "studio", folder.resolve("environments/studio"), new StoreLocks(), Clock.systemUTC()));
  }

  /** The same world on another disk. */
  VersionWorld with(Environment other) {
    return new VersionWorld(folder, other);
  }

  /** Writes a file of the environment. */
  public Path write(String path, String text) throws IOException {
    return Graphs.write(environment.folder().resolve(path), text);
  }

  /** The text of a file of the environment. */
  public String read(String path) throws IOException {
    return Files.readString(environment.folder().resolve(path));
  }

  /** Saves a workflow as ComfyUI does. */
  public Path save(String name, String text) throws IOException {
    return Graphs.write(environment.liveWorkflows().resolve(name + ".json"), text);
  }

  /** Puts a model onto the disk. */
  public Path model(String path) throws IOException {
    return Graphs.write(models.resolve(path), "weights of " + path);
  }

  Supplier<History> historySupplier() {
    return () -> history;
  }

  /** What lies around the environment. */
  public Surroundings around() {
    return around(Clock.systemUTC());
  }

  Surroundings around(Clock clock) {
    return new Surroundings(
        ModelDirectories.of(List.of(environment.comfyUi().resolve("models"), models)),
        folder.resolve("comfydock_cache/models.db"),
        () -> LOADERS,
        "none",
        new Decisions(
            folder.resolve(".metadata/decisions.json"), locks.of(folder.resolve(".metadata"))),
        clock);
  }

  /** The environment's packages by the real uv, which takes them from this index. */
  PythonProject python(PackageIndex index) throws IOException {
    return new PythonProject(
        new PythonTools(
            folder, new ProcessRunner(index.environment(), folder.resolveSibling("uv.log"))));
  }

  /** Asks for packages in the manifest. */
  void ask(String... requirements) throws IOException {
    write(
        ".cec/pyproject.toml",
        Manifest.read(environment.pyproject()).withDependencies(List.of(requirements)).text());
  }

  Committing committing() {
    return committing(NO_PYTHON);
  }

  private Committing committing(Supplier<PythonProject> python) {
    return new Committing(environment, history, around(), python);
  }

  CommitPlan plan() {
    return committing().plan(offering -> Asking.nobody(), Steps.silent());
  }

  /** Commits without asking anybody. */
  public CommitResult commit(String message) {
    return commit(message, NO_PYTHON);
  }

  CommitResult commit(String message, Supplier<PythonProject> python) {
    Committing committing = committing(python);
    return committing.commit(
        committing.plan(offering -> Asking.nobody(), Steps.silent()),
        Optional.of(message),
        Steps.silent());
  }

  Rollback rollback() {
    return rollback(new FolderPacks(folder.resolve("store")));
  }

  Rollback rollback(PackSource packs) {
    return rollback(NO_PYTHON, packs, false);
  }

  /** Ways back with this Python. */
  Rollback rollback(PythonProject python, boolean keepsProgram) {
    return rollback(() -> python, new FolderPacks(folder.resolve("store")), keepsProgram);
  }

  private Rollback rollback(
      Supplier<PythonProject> python, PackSource packs, boolean keepsProgram) {
    return new Rollback(
        environment,
        history,
        around(),
        new Rollback.Means(python, packs, programs()),
        keepsProgram);
  }

  /** The programs ComfyUI that this world has. */
  Programs programs() {
    return new Programs(
        steps ->
            new ComfyUiCache(
                folder.resolve("comfyui"),
                new PythonTools(folder, new ProcessRunner(Map.of(), folder.resolve("fetch.log"))),
                steps));
  }

  /** A program ComfyUI that need not be fetched. */
  void program(String version) throws IOException {
    Path place = folder.resolve("comfyui/store/release_" + version);
    FakeComfyUi.write(place.resolve("content"), version);
    Graphs.write(
        place.resolve("metadata.json"),
        "{\"version\":\"" + version + "\",\"version_type\":\"release\",\"source\":\"here\"}");
  }

  /** Puts a pack onto the disk, and into the store. */
  public void pack(String name, String version, String text) throws IOException {
    Graphs.write(folder.resolve("store").resolve(name + "-" + version + ".py"), text);
    write("ComfyUI/custom_nodes/" + name + "/__init__.py", text);
  }

  /** Writes a pack into the manifest. */
  public void record(String id, NodeEntry entry) throws IOException {
    write(".cec/pyproject.toml", Manifest.read(environment.pyproject()).withNode(id, entry).text());
  }

  /** Takes a pack out of the manifest. */
  void forget(String id) throws IOException {
    write(".cec/pyproject.toml", Manifest.read(environment.pyproject()).withoutNode(id).text());
  }

  /** What lies in the environment's trash, by path. */
  public Map<String, String> trash() throws IOException {
    return files(environment.trash());
  }

  /** The programs that were exchanged, by path. */
  Map<String, String> keptPrograms() throws IOException {
    return files(environment.folder().resolve(".tidepool/comfyui"));
  }

  private static Map<String, String> files(Path below) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.exists(below)) {
      try (Stream<Path> walk = Files.walk(below)) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          files.put(
              below.relativize(file).toString(),
              new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }

  /** The text of every file that is the user's or recorded, by path below the environment. */
  public Map<String, String> files() throws IOException {
    Map<String, String> files = files(environment.folder());
    files.keySet().removeIf(path -> path.startsWith(".cec/.git/") || path.startsWith(".tidepool/"));
    return files;
  }
}
