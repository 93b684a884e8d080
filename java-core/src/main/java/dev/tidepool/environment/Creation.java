package dev.tidepool.environment;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.ComfyUiCache;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.history.Version;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Beside;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.python.Interpreter;
import dev.tidepool.python.PythonTools;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes an environment, step by step. A step that was done is not done again, so a creation that
 * was stopped goes on; what it was asked for is in {@code .tidepool/create.json}. It becomes an
 * environment by the last step, which makes {@code .cec/.complete}.
 */
final class Creation {
  private static final Pattern NOT_IN_PROJECT_NAMES = Pattern.compile("[^A-Za-z0-9]+");

  private static final String RECORDING = "Recording version v1";

  private final CreateRequest request;
  private final Environment environment;
  private final Workspace workspace;
  private final Path models;
  private final PythonTools tools;
  private final Identity who;

  Creation(
      CreateRequest request,
      Environment environment,
      Workspace workspace,
      Path models,
      CreationTools tools) {
    this.request = request;
    this.environment = environment;
    this.workspace = workspace;
    this.models = models;
    this.tools = tools.python();
    this.who = tools.who();
  }

  /** Goes on from wherever an earlier one ended; the environment's lock is held. */
  void run(Steps steps) throws IOException {
    CreationNote note = begin();
    try (Beside<Optional<Interpreter>> here =
            Beside.begin("look for Python", () -> tools.installed(request.python()));
        Beside<History> history = Beside.begin("make the git repository", this::newHistory)) {
      run(note, here, history, steps);
    }
  }

  private void run(
      CreationNote begun, Beside<Optional<Interpreter>> here, Beside<History> history, Steps steps)
      throws IOException {
    CreationNote note = begun;
    Path made = environment.comfyUi();
    Optional<Path> takenOver = request.content().flatMap(Content::takenOver);
    if (note.comfyUi().isEmpty() || !Files.exists(made)) {
      note = takenOver.isPresent() ? link(note, takenOver.get(), steps) : copy(note, made, steps);
    }
    if (takenOver.isEmpty()) {
      new ModelsLink(made, models).make(steps);
    }
    Files.createDirectories(environment.workflows());
    Interpreter python = here.get().orElseGet(() -> tools.fetched(request.python(), steps));
    History versions = history.get();
    chooseVersions(note, python, steps);
    packagesAndHistory(note, python.program(), versions, steps);
    if (takenOver.isPresent()) {
      note.whenReady().write(environment);
      Files.delete(made);
      AtomicFiles.move(takenOver.get(), made);
    }
    complete(environment);
  }

  /**
   * Ends the making of an environment that lacked only its last step when the process died: the
   * ComfyUI that it took over is in its place already.
   */
  static void endTakenOver(Environment environment) throws IOException {
    Optional<CreationNote> note = CreationNote.read(environment);
    if (note.isPresent() && note.get().ready() && Folders.isReal(environment.comfyUi())) {
      complete(environment);
    }
  }

  private static void complete(Environment environment) throws IOException {
    AtomicFiles.create(environment.cec().resolve(".complete"), new byte[0]);
    CreationNote.delete(environment);
  }

  /** Until all else is done, what is taken over is seen through a link. */
  private CreationNote link(CreationNote before, Path folder, Steps steps) throws IOException {
    ComfyUiPin pin = request.content().orElseThrow().bring(folder, steps);
    CreationNote note = before.of(pin);
    note.write(environment);
    Files.deleteIfExists(environment.comfyUi());
    Files.createSymbolicLink(environment.comfyUi(), folder);
    return note;
  }

  private CreationNote begin() throws IOException {
    Optional<CreationNote> before = CreationNote.read(environment);
    if (before.isEmpty()) {
      if (!Folders.children(environment.folder()).stream().allMatch(environment.own()::equals)) {
        throw exists("Something else is in " + environment.folder() + " already.");
      }
      CreationNote note = CreationNote.begun(request.text());
      note.write(environment);
      return note;
    }
    if (!before.get().request().equals(request.text())) {
      throw exists(
          "The environment "
              + environment.name()
              + " was begun with other choices: "
              + before.get().request()
              + ".");
    }
    return before.get();
  }

  private TidepoolException exists(String message) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "environment-exists",
        message,
        "Choose another name, or remove it first: tidepool delete " + environment.name() + ".");
  }

  private CreationNote copy(CreationNote before, Path made, Steps steps) throws IOException {
    Path work = environment.own().resolve("ComfyUI");
    Folders.delete(work);
    CreationNote note;
    if (request.content().isPresent()) {
      Files.createDirectories(environment.own());
      note = before.of(request.content().get().bring(work, steps));
    } else {
      CachedComfyUi cached =
          new ComfyUiCache(workspace.comfyUiCache(), tools, steps)
              .obtain(request.source(), request.comfyUiVersion());
      steps.begin("Copying ComfyUI " + cached.version());
      note =
          before.of(
              new ComfyUiPin(cached.version(), Optional.of(cached.versionType()), cached.commit()));
      cached.copyTo(work, steps);
    }
    note.write(environment);
    Folders.syncTree(work);
    AtomicFiles.move(work, made);
    return note;
  }

  private void chooseVersions(CreationNote note, Interpreter python, Steps steps)
      throws IOException {
    String version = python.version().replaceFirst("^(\\d+\\.\\d+).*", "$1");
    put(environment.cec().resolve(".python-version"), version + "\n");
    Manifest plain = manifest(note, ComfyUi.in(environment.comfyUi()), version);
    chooseVersions(plain, new PythonProject(tools), python.program(), steps);
  }

  /** The first version is recorded while packages are installed, which it does not hold. */
  private void packagesAndHistory(CreationNote note, Path python, History history, Steps steps)
      throws IOException {
    if (request.content().map(Content::finishesBeside).orElse(true)) {
      try (Beside<Version> recorded =
          Beside.begin("record the first version", () -> record(history, Steps.silent()))) {
        packages(note, python, steps);
        steps.begin(RECORDING);
        recorded.get();
      }
    } else {
      packages(note, python, steps);
      record(history, steps);
    }
  }

  private void packages(CreationNote note, Path python, Steps steps) throws IOException {
    if (note.installing()) {
      // A package that was being installed when the process died may be half there.
      Orphans.end(environment.folder());
      Folders.delete(environment.venv());
    }
    note.whileInstalling(true).write(environment);
    steps.begin("Installing ComfyUI's requirements");
    new PythonProject(tools).sync(environment, python, steps);
    note.whileInstalling(false).write(environment);
  }

  /** Writes the manifest, and the lock that belongs to it. */
  private void chooseVersions(Manifest plain, PythonProject project, Path python, Steps steps)
      throws IOException {
    if (request.content().isEmpty()) {
      choosePlainVersions(plain, project, python, steps);
      return;
    }
    Content content = request.content().get();
    Optional<byte[]> lock = content.lock();
    if (lock.isPresent()) {
      AtomicFiles.write(environment.lock(), lock.get());
    }
    if (content.isLocked()) {
      put(environment.pyproject(), content.manifests(plain).get(0).text());
    } else {
      Manifest begin = lock.isPresent() ? plain : withTorch(plain, project, python, steps);
      new ContentVersions(environment, content, project, python).choose(begin, steps);
    }
  }

  private void choosePlainVersions(Manifest plain, PythonProject project, Path python, Steps steps)
      throws IOException {
    steps.begin("Choosing versions of the Python packages");
    Resolutions known = new Resolutions(workspace.cache(), environment.clock());
    Manifest manifest = withTorch(plain, project, python, steps);
    put(environment.pyproject(), manifest.text());
    Optional<byte[]> proposed = known.get(manifest.text());
    if (!Files.exists(environment.lock()) && proposed.isPresent()) {
      AtomicFiles.write(environment.lock(), proposed.get());
    }
    byte[] lock = project.testResolution(environment, manifest.text(), python, steps);
    AtomicFiles.write(environment.lock(), lock);
    known.put(manifest.text(), lock);
  }

  /** The manifest with PyTorch's own index, where that is wanted and can be reached. */
  private Manifest withTorch(Manifest plain, PythonProject project, Path python, Steps steps)
      throws IOException {
    if (request.torch().index().isEmpty() || plain.constraints().isEmpty()) {
      return plain;
    }
    Resolutions known = new Resolutions(workspace.cache(), environment.clock());
    Manifest with = PythonProject.withTorchIndex(plain, request.torch());
    // Whether that index can be reached was found out when the other environment was made.
    boolean taken =
        known.get(with.text()).isPresent()
            || (known.get(plain.text()).isEmpty()
                && project.canLock(environment, with, python, steps));
    return taken ? with : plain;
  }

  private Manifest manifest(CreationNote note, ComfyUi comfyUi, String python) {
    ComfyUiPin pin = note.comfyUi().orElseThrow();
    return Manifest.initial(
            new Manifest.Start(
                projectName(environment.name()), python, pin, request.torch().backend()))
        .withDependencies(comfyUi.requirements())
        .withConstraints(comfyUi.torchPins());
  }

  /** Makes the repository anew, which needs nothing of what else is made. */
  private History newHistory() throws IOException {
    Files.createDirectories(environment.cec());
    // One that was stopped may have left it half-made, or with a version that ended nothing.
    Folders.delete(environment.cec().resolve(".git"));
    History history = History.of(environment.cec(), environment.clock(), who);
    history.begin();
    return history;
  }

  private Version record(History history, Steps steps) throws IOException {
    if (request.content().isPresent()) {
      request.content().get().finish(environment, steps);
    }
    steps.begin(RECORDING);
    return history.first(
        request.content().map(Content::message).orElse("Initial environment setup"));
  }

  /** Names of projects have only ASCII letters, digits, dots, hyphens and underscores (PEP 508). */
  private static String projectName(String name) {
    String plain = NOT_IN_PROJECT_NAMES.matcher(name).replaceAll("-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? "unnamed" : plain;
  }

  private static void put(Path file, String text) throws IOException {
    AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
