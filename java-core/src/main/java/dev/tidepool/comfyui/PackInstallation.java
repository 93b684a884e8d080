package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.IoWork;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.Uv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Puts the node pack into a ComfyUI and takes it out again.
 *
 * <p>The pack is copied beside its place, under a name that ComfyUI passes over. There its
 * requirements are installed, its {@code install.py} runs, and it is tried; only then it takes its
 * place, whole. What was there goes into {@link PackTrash}. Holds a lock in {@code custom_nodes}.
 */
public final class PackInstallation {
  /** Loads the bridge as the pack does and goes to Java and back. */
  private static final String CHECK =
      """
      import importlib.util, pathlib, sys
      folder = pathlib.Path(sys.argv[1]) / "vendor" / "tidepool_bridge"
      try:
          spec = importlib.util.spec_from_file_location(
              "tidepool_bridge", folder / "__init__.py", submodule_search_locations=[str(folder)])
          module = importlib.util.module_from_spec(spec)
          sys.modules[spec.name] = module
          spec.loader.exec_module(module)
          module.core().ping(7)
      except BaseException as error:
          print("error: %s" % error)
          sys.exit(1)
      """;

  private final ComfyUi comfyUi;
  private final InstalledPack installed;
  private final PackTrash trash;
  private final ProcessRunner runner;

  /** Works on this ComfyUI. */
  public PackInstallation(ComfyUi comfyUi, ProcessRunner runner, Clock clock) {
    this.comfyUi = comfyUi;
    this.installed = new InstalledPack(comfyUi);
    this.trash = new PackTrash(comfyUi.customNodes(), clock);
    this.runner = runner;
  }

  /** Whether this very pack is installed for this Python. */
  public boolean isCurrent(Pack pack, Path python) {
    return locked("look for the pack", () -> installed.holds(pack, python));
  }

  /**
   * Installs the pack, in the place of an older one.
   *
   * @return the pack's folder in the ComfyUI
   * @throws TidepoolException {@code pack-foreign}, {@code requirements-failed}, {@code
   *     pack-install-failed} or {@code pack-check-failed}; the ComfyUI then has the pack that it
   *     had before
   */
  public Path install(Pack pack, Path python, Uv uv, Steps steps) {
    return locked(
        "install the pack into " + comfyUi.folder(),
        () -> {
          installed.requireOwn();
          Path copy = comfyUi.customNodes().resolve("." + Pack.NAME + ".new.disabled");
          try {
            steps.begin("Copying the node pack");
            copy(pack, copy);
            prepare(copy, python, uv, steps);
            InstalledPack.mark(copy, pack, python);
            Folders.syncTree(copy);
            if (installed.exists()) {
              trash.take(installed.folder());
            }
            AtomicFiles.move(copy, installed.folder());
            trash.empty();
          } finally {
            Folders.deleteQuietly(copy);
          }
          return installed.folder();
        });
  }

  /**
   * Takes the pack out of the ComfyUI and into the trash. Pools and profiles stay.
   *
   * @return whether there was one
   * @throws TidepoolException {@code pack-foreign}
   */
  public boolean remove() {
    return locked(
        "remove the pack from " + comfyUi.folder(),
        () -> {
          installed.requireOwn();
          if (!installed.exists()) {
            return false;
          }
          trash.take(installed.folder());
          return true;
        });
  }

  /** Where {@link #remove} and {@link #install} put what they take away, for seven days. */
  public Path trashFolder() {
    return trash.folder();
  }

  private static void copy(Pack pack, Path target) throws IOException {
    Folders.delete(target);
    Files.createDirectory(target);
    for (Path file : Pack.files(pack.folder())) {
      Path copy = target.resolve(file.toString());
      Path parent = copy.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Folders.copyFile(pack.folder().resolve(file), copy, Progress.none());
    }
  }

  private void prepare(Path copy, Path python, Uv uv, Steps steps) {
    Path requirements = copy.resolve("requirements.txt");
    if (Files.isRegularFile(requirements)) {
      steps.begin("Installing the node pack's requirements");
      uv.install(
          python, "the node pack's requirements", steps, List.of("-r", requirements.toString()));
    }
    if (Files.isRegularFile(copy.resolve("install.py"))) {
      steps.begin("Preparing Java for this Python");
      succeed(
          "pack-install-failed",
          "The node pack cannot be prepared for " + python,
          runner.run(uv.within(Job.in(copy, List.of(python.toString(), "install.py")))));
    }
    steps.begin("Trying the node pack");
    succeed(
        "pack-check-failed",
        "The node pack does not work in " + python,
        runner.run(Job.in(copy, List.of(python.toString(), "-c", CHECK, copy.toString()))));
  }

  private void succeed(String code, String message, Ended ended) {
    if (!ended.succeeded()) {
      throw new TidepoolException(
          ErrorKind.UNAVAILABLE,
          code,
          message + ": " + ended.reason().replaceFirst("\\.$", "") + ".",
          "All that was said is in " + runner.log() + ".");
    }
  }

  private <T> T locked(String doing, IoWork<T> work) {
    return StorageFailures.translate(
        doing, () -> new StoreLocks().of(comfyUi.customNodes()).holding(work));
  }
}
