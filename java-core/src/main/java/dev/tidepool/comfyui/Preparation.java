package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.Interpreter;
import dev.tidepool.python.PythonTools;
import dev.tidepool.python.VirtualEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a ComfyUI ready to start: fetches it, makes its Python environment, installs what it needs
 * and the node pack. Each step is done once; what was stopped goes on at the next call.
 *
 * <pre>
 * environments/tidepool/
 *   ComfyUI/        with .tidepool-source.json
 *   .venv/          with tidepool.json, which says what is installed
 * </pre>
 *
 * <p>Holds the environment's lock, so that two calls at once do the work once.
 */
public final class Preparation {
  private final Path folder;
  private final PythonTools tools;
  private final ProcessRunner runner;
  private final Clock clock;
  private final Origins origins;

  /**
   * Works in a home.
   *
   * @param home the folder that holds {@code environments}
   */
  public Preparation(Path home, PythonTools tools, ProcessRunner runner, Clock clock) {
    this(home, tools, runner, clock, Origins.DEFAULT);
  }

  Preparation(Path home, PythonTools tools, ProcessRunner runner, Clock clock, Origins origins) {
    this.folder = home.resolve("environments").resolve("tidepool");
    this.tools = tools;
    this.runner = runner;
    this.clock = clock;
    this.origins = origins;
  }

  /** The environment's folder. */
  public Path folder() {
    return folder;
  }

  /**
   * Makes it ready.
   *
   * @param source where ComfyUI is to come from; nothing for the one that is there, else the newest
   * @param cpu whether it will run without a graphics card
   * @throws TidepoolException for everything that can go wrong on the way
   */
  public Prepared run(Optional<Source> source, Pack pack, boolean cpu, Steps steps) {
    return StorageFailures.translate(
        "prepare " + folder,
        () -> new StoreLocks().of(folder).holding(() -> prepare(source, pack, cpu, steps)));
  }

  private Prepared prepare(Optional<Source> source, Pack pack, boolean cpu, Steps steps)
      throws IOException {
    ComfyUi comfyUi = obtain(source, steps);
    String from =
        source.orElse(null) instanceof Source.Folder there
            ? there.text()
            : SourceMark.read(comfyUi.folder());
    @Nullable Path own = ownEnvironment(comfyUi);
    PackInstallation installation = new PackInstallation(comfyUi, runner, clock);
    if (own != null) {
      Path python = tools.inspect(own).program();
      if (!installation.isCurrent(pack, python)) {
        installation.install(pack, python, tools.uv(steps), steps);
      }
      return new Prepared(comfyUi, python, from);
    }
    return new Prepared(comfyUi, environment(comfyUi, pack, cpu, installation, steps), from);
  }

  private ComfyUi obtain(Optional<Source> source, Steps steps) throws IOException {
    if (source.orElse(null) instanceof Source.Folder there) {
      return ComfyUi.in(there.folder());
    }
    Path target = folder.resolve("ComfyUI");
    if (Files.isDirectory(target)) {
      requireSame(source, target);
    } else if (source.isPresent()) {
      new SourceFetch(tools, steps).from(source.get(), target);
    } else {
      new SourceFetch(tools, steps).newest(target, origins);
    }
    return ComfyUi.in(target);
  }

  /** A ComfyUI that is there holds the user's models and pictures: no other takes its place. */
  private static void requireSame(Optional<Source> source, Path target) throws IOException {
    String there = SourceMark.read(target);
    if (source.isPresent()
        && !there.equals(source.get().text())
        && !there.startsWith(source.get().text() + "@")) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "source-differs",
          "The ComfyUI in " + target + " came from " + there + ".",
          "Without --comfyui, that one is started.",
          "Another one gets a place of its own with --workspace DIR.");
    }
  }

  /** The environment that belongs to a folder of the user's. */
  private @Nullable Path ownEnvironment(ComfyUi comfyUi) {
    if (comfyUi.folder().startsWith(folder.toAbsolutePath().normalize())) {
      return null;
    }
    return PythonOf.inside(comfyUi).orElse(null);
  }

  private Path environment(
      ComfyUi comfyUi, Pack pack, boolean cpu, PackInstallation installation, Steps steps)
      throws IOException {
    Path venv = folder.resolve(".venv");
    Requirements requirements = new Requirements(comfyUi, cpu);
    EnvironmentMark mark = EnvironmentMark.read(venv);
    // A package that was being installed when the process died may be half there.
    if (mark.busy() || !VirtualEnvironment.isUsable(venv)) {
      Interpreter python = tools.forNewEnvironment(steps);
      steps.begin("Making a Python " + python.version() + " environment");
      tools.uv(steps).makeEnvironment(python, venv);
      mark = new EnvironmentMark(false, "", "");
    }
    Path python = VirtualEnvironment.python(venv);
    if (!mark.requirements().equals(requirements.digest())) {
      new EnvironmentMark(true, "", "").write(venv);
      requirements.install(python, tools.uv(steps), steps);
      mark = new EnvironmentMark(false, requirements.digest(), "");
      mark.write(venv);
    }
    if (!mark.pack().equals(pack.digest()) || !installation.isCurrent(pack, python)) {
      new EnvironmentMark(true, mark.requirements(), "").write(venv);
      installation.install(pack, python, tools.uv(steps), steps);
      new EnvironmentMark(false, mark.requirements(), pack.digest()).write(venv);
    }
    return python;
  }
}
