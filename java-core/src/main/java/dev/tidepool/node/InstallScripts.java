package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.VirtualEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a pack's {@code install.py} in the environment's Python, as ComfyUI-Manager does. */
public final class InstallScripts {
  /** The script's name, in the folder of the pack. */
  public static final String NAME = "install.py";

  private final Environment environment;
  private final ProcessRunner runner;

  /** Those of the packs in one environment. */
  public InstallScripts(Environment environment, ProcessRunner runner) {
    this.environment = environment;
    this.runner = runner;
  }

  /** Whether a pack has one. */
  public boolean has(String pack) {
    return Files.isRegularFile(environment.customNodes().resolve(pack).resolve(NAME));
  }

  /**
   * Runs that of a pack.
   *
   * @param pack the name of its folder
   * @throws TidepoolException {@code node-script-failed}, {@code stopped}
   */
  public void run(String pack) {
    Path folder = environment.customNodes().resolve(pack);
    String python = VirtualEnvironment.python(environment.venv()).toString();
    Ended ended = runner.run(Job.in(folder, List.of(python, NAME)));
    if (!ended.succeeded()) {
      throw new TidepoolException(
          ErrorKind.UNAVAILABLE,
          "node-script-failed",
          "The script " + NAME + " of " + pack + " failed: " + ended.reason() + ".",
          "All that it said is in " + runner.log() + ".",
          "To add the pack without it, leave out --run-install.");
    }
  }
}
