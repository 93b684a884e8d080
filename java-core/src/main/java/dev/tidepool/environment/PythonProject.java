package dev.tidepool.environment;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.WorkFolder;
import dev.tidepool.manifest.LockFile;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.python.PackageDifference;
import dev.tidepool.python.PythonTools;
import dev.tidepool.python.UvProject;
import dev.tidepool.python.VirtualEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The Python side of an environment: {@code .cec/pyproject.toml} says what it needs, {@code
 * .cec/uv.lock} which versions, {@code .venv} holds them. All work is uv's. For one thread.
 */
public final class PythonProject {
  private final PythonTools tools;

  /** Works with the uv and the interpreters of these tools. */
  public PythonProject(PythonTools tools) {
    this.tools = tools;
  }

  /**
   * Finds out in a folder of its own which versions a manifest would get, without changing
   * anything. Versions that are locked now stay where they can.
   *
   * @param pyproject the text of a {@code pyproject.toml}
   * @return the {@code uv.lock} that belongs to it
   * @throws TidepoolException {@code dependencies-conflict} when no set of versions fits; {@code
   *     lock-failed}
   */
  public byte[] testResolution(Environment environment, String pyproject, Steps steps) {
    return testResolution(environment, pyproject, python(environment), steps);
  }

  byte[] testResolution(Environment environment, String pyproject, Path python, Steps steps) {
    return inScratch(
        environment,
        pyproject,
        scratch -> {
          tools
              .uv(steps)
              .projects()
              .lock(new UvProject(scratch, environment.venv(), python), steps);
          return Files.readAllBytes(scratch.resolve("uv.lock"));
        });
  }

  /** The manifest with PyTorch from an index of its own. */
  static Manifest withTorchIndex(Manifest manifest, Torch torch) {
    Manifest with = manifest.withIndex(torch.indexName(), torch.indexAddress());
    for (String name : List.of("torch", "torchvision", "torchaudio")) {
      with = with.withSource(name, torch.indexName());
    }
    return with;
  }

  /** Whether all indexes of a manifest can be reached, or what they have is in uv's cache. */
  boolean canLock(Environment environment, Manifest manifest, Path python, Steps steps) {
    boolean reachable =
        inScratch(
            environment,
            manifest.text(),
            scratch ->
                tools
                    .uv(steps)
                    .projects()
                    .tryLock(new UvProject(scratch, environment.venv(), python), Steps.silent()));
    if (!reachable) {
      steps.note(
          "PyTorch's own index cannot be reached: taking PyTorch from the package index, where it"
              + " is larger.");
    }
    return reachable;
  }

  private static <T> T inScratch(Environment environment, String pyproject, Scratch<T> work) {
    return StorageFailures.translate(
        "resolve the packages of " + environment.name(),
        () -> {
          // Beside .cec: what a manifest says of paths holds in it too.
          try (WorkFolder scratch = WorkFolder.in(environment.folder())) {
            Files.writeString(scratch.path().resolve("pyproject.toml"), pyproject);
            copy(environment.lock(), scratch.path());
            copy(environment.cec().resolve(".python-version"), scratch.path());
            return work.in(scratch.path());
          }
        });
  }

  /**
   * The lock that belongs to the manifest as it is, which is not written: that is for a {@link
   * Change}. See {@link #testResolution}.
   */
  public byte[] locked(Environment environment, Steps steps) {
    String pyproject =
        StorageFailures.translate(
            "read " + environment.pyproject(), () -> Files.readString(environment.pyproject()));
    return testResolution(environment, pyproject, steps);
  }

  /**
   * Installs what the lock says. What came beside the lock since the last time, by a pack's {@code
   * install.py} or by hand, stays. Changes {@code .venv}: see {@link Change#python}.
   *
   * @throws TidepoolException {@code sync-failed}
   */
  public void sync(Environment environment, Steps steps) {
    sync(environment, python(environment), steps);
  }

  void sync(Environment environment, Path python, Steps steps) {
    UvProject project = new UvProject(environment.cec(), environment.venv(), python);
    SyncMark mark = new SyncMark(environment);
    StorageFailures.translate(
        "write into " + environment.venv(),
        () -> {
          Set<String> besides = mark.besides();
          besides.removeAll(LockFile.read(environment.lock()).keySet());
          tools.uv(steps).projects().sync(project, besides, steps);
          mark.set(besides);
          return environment.venv();
        });
  }

  /** The versions of what is installed, by normalized names. */
  public static SortedMap<String, String> installed(Environment environment) {
    return StorageFailures.translate(
        "look into " + environment.venv(), () -> InstalledPackages.in(environment.venv()));
  }

  /**
   * A package in a virtual environment, as the specification of recorded projects has it.
   *
   * @param name normalized
   * @param direct whether it came from an address, a repository or a folder (PEP 610)
   * @param wished whether somebody asked for it by name
   */
  public record Installed(String name, String version, boolean direct, boolean wished) {}

  /** What is installed in any virtual environment. */
  public static List<Installed> installedIn(Path venv) {
    return StorageFailures.translate("look into " + venv, () -> InstalledPackages.recorded(venv));
  }

  /**
   * What is not installed as it is locked, but for what came beside the lock; asks uv only when
   * something changed since last time.
   */
  public List<PackageDifference> differences(Environment environment) {
    return StorageFailures.translate(
        "compare the packages of " + environment.name(),
        () -> {
          SyncMark mark = new SyncMark(environment);
          if (!Files.exists(environment.lock()) || mark.isCurrent()) {
            return List.of();
          }
          Set<String> besides = mark.besides();
          Steps silent = Steps.silent();
          List<PackageDifference> differences =
              tools
                  .uv(silent)
                  .projects()
                  .differences(
                      new UvProject(environment.cec(), environment.venv(), python(environment)))
                  .stream()
                  .filter(each -> each.locked().isPresent() || !besides.contains(each.name()))
                  .toList();
          if (differences.isEmpty() && Files.isWritable(environment.venv())) {
            mark.renew();
          }
          return differences;
        });
  }

  private Path python(Environment environment) {
    Path venv = environment.venv();
    return VirtualEnvironment.isUsable(venv)
        ? VirtualEnvironment.python(venv)
        : tools.interpreter(locked(environment), Steps.silent()).program();
  }

  /** The version that the environment was made with. */
  private static Optional<String> locked(Environment environment) {
    Path file = environment.cec().resolve(".python-version");
    return StorageFailures.translate(
        "read " + file,
        () -> Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty());
  }

  private interface Scratch<T> {
    T in(Path folder) throws IOException;
  }

  private static void copy(Path file, Path folder) throws IOException {
    if (Files.exists(file)) {
      Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
    }
  }
}
