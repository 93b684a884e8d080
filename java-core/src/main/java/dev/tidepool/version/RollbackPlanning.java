package dev.tidepool.version;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.FileChange;
import dev.tidepool.history.History;
import dev.tidepool.history.Tree;
import dev.tidepool.history.Version;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.workflow.SavedContent;
import dev.tidepool.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes up what a rollback to one version does; changes nothing. */
final class RollbackPlanning {
  private static final String MANIFEST = "pyproject.toml";
  private static final String LOCK = "uv.lock";

  private final Environment environment;
  private final History history;
  private final EnvironmentLook look;
  private final LockedPython packages;
  private final boolean keepsComfyUi;
  private final Version target;
  private final Tree tree;
  private final Manifest then;

  RollbackPlanning(
      Environment environment,
      History history,
      EnvironmentLook look,
      LockedPython packages,
      boolean keepsComfyUi,
      Version target) {
    this.keepsComfyUi = keepsComfyUi;
    this.target = target;
    this.tree = history.tree(target);
    this.then = manifest(tree, target);
    this.environment = environment;
    this.history = history;
    this.look = look;
    this.packages = packages;
  }

  /** The files of the version. */
  Tree tree() {
    return tree;
  }

  /** The manifest of the version. */
  Manifest then() {
    return then;
  }

  /** Plans the way to the version from how everything is now. */
  RollbackPlan plan() {
    return StorageFailures.translate("look at " + environment.name(), this::planned);
  }

  private RollbackPlan planned() throws IOException {
    Tree last = history.lastTree();
    Map<String, String> current = current(last);
    RollbackFiles files = new RollbackFiles(ids(last), ids(tree));
    List<FileStep> recorded = new ArrayList<>(files.recorded(current));
    if (tree.id(LOCK).isEmpty()) {
      // What is locked now is where a new lock begins.
      recorded.removeIf(step -> step.path().equals(LOCK));
    }
    List<FileStep> workflows = workflows(files, last);
    Manifest now = now(last);
    PackScan scan = look.packs(look.cache());
    List<RecordedPack> wanted = RecordedPacks.of(then);
    RollbackPacks packs =
        RollbackPacks.of(
            RecordedPacks.of(now),
            scan.compare(RecordedPacks.of(now)),
            wanted,
            scan.compare(wanted));
    boolean python =
        recorded.stream().anyMatch(step -> step.path().equals(LOCK))
            || !AskedPackages.of(then).equals(AskedPackages.of(now))
            || !packages.compare(look.cache(), false).packages().isEmpty();
    List<String> warnings = new ArrayList<>(packs.warnings());
    ComfyUiPin here = ProgramHere.of(environment, now.comfyUi());
    Optional<ComfyUiPin> program =
        Optional.of(then.comfyUi())
            .filter(
                pin ->
                    !keepsComfyUi
                        && !Files.isSymbolicLink(environment.comfyUi())
                        && !pin.version().isEmpty()
                        && !pin.isSame(now.comfyUi())
                        && !pin.isSame(here));
    if (program.isEmpty() && !then.comfyUi().version().isEmpty() && !then.comfyUi().isSame(here)) {
      warnings.add(stays(here, then.comfyUi()));
    }
    warnings.addAll(notRestored(then, now, tree));
    return new RollbackPlan(
        target.name(),
        target.commit(),
        recorded,
        workflows,
        packs.steps(),
        program,
        python,
        warnings);
  }

  private static String stays(ComfyUiPin here, ComfyUiPin then) {
    return "ComfyUI itself stays at "
        + here.version()
        + "; then it was "
        + then.version()
        + ". tidepool comfyui "
        + then.asked()
        + " brings that one.";
  }

  private static List<String> notRestored(Manifest then, Manifest now, Tree tree) {
    List<String> warnings = new ArrayList<>();
    boolean asked = !AskedPackages.of(then).equals(AskedPackages.of(now));
    if (tree.id(LOCK).isEmpty() && asked) {
      warnings.add(
          "That version has no uv.lock: the Python packages fit its pyproject.toml, but may be"
              + " newer ones.");
    }
    return warnings;
  }

  private static Manifest manifest(Tree then, Version target) {
    byte @Nullable [] text = then.bytes(MANIFEST);
    if (text == null) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "version-without-manifest",
          "The version " + target.name() + " has no pyproject.toml and cannot be restored.",
          "tidepool log lists the versions.");
    }
    return Manifest.parse(new String(text, StandardCharsets.UTF_8));
  }

  /** A manifest that was damaged since must not keep anybody from going back. */
  Manifest now() {
    return now(history.lastTree());
  }

  private Manifest now(Tree last) {
    try {
      return Manifest.read(environment.pyproject());
    } catch (TidepoolException e) {
      byte @Nullable [] text = last.bytes(MANIFEST);
      if (text == null) {
        throw e;
      }
      return Manifest.parse(new String(text, StandardCharsets.UTF_8));
    }
  }

  private static Map<String, String> ids(Tree tree) {
    Map<String, String> ids = new TreeMap<>();
    tree.paths().forEach(path -> ids.put(path, tree.id(path)));
    return ids;
  }

  /** What lies in {@code .cec} now, as far as it is not ignored. */
  private Map<String, String> current(Tree last) throws IOException {
    Map<String, String> current = new TreeMap<>(ids(last));
    for (FileChange change : history.uncommitted()) {
      Path file = environment.cec().resolve(change.path());
      if (change.kind() == FileChange.Kind.DELETED || !Files.isRegularFile(file)) {
        current.remove(change.path());
      } else {
        current.put(change.path(), GitBlob.id(Files.readAllBytes(file)));
      }
    }
    return current;
  }

  private List<FileStep> workflows(RollbackFiles files, Tree last) throws IOException {
    Map<String, String> live = new TreeMap<>();
    Map<String, byte[]> contents = new HashMap<>();
    WorkflowTracking tracking = look.tracking();
    for (String name : tracking.names()) {
      Path file = tracking.liveFile(name);
      if (Files.isRegularFile(file)) {
        byte[] bytes = Files.readAllBytes(file);
        String id = GitBlob.id(bytes);
        live.put(WorkflowName.path(name), id);
        contents.put(id, bytes);
      }
    }
    return files.workflows(
        live,
        (now, version) -> now.equals(version) || same(contents.get(now), version, tree, last));
  }

  private static boolean same(byte @Nullable [] now, String version, Tree... trees) {
    Optional<byte[]> recorded = content(version, trees);
    try {
      return recorded.isPresent()
          && now != null
          && SavedContent.same(
              Workflow.parse(now, "ComfyUI's"), Workflow.parse(recorded.get(), "the version's"));
    } catch (TidepoolException e) {
      return false;
    }
  }

  private static Optional<byte[]> content(String id, Tree... trees) {
    for (Tree tree : trees) {
      for (String path : tree.paths()) {
        if (tree.id(path).equals(id)) {
          return Optional.ofNullable(tree.bytes(path));
        }
      }
    }
    return Optional.empty();
  }
}
