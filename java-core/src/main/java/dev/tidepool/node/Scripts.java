package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.VirtualEnvironment;
import java.nio.file.Path;
import java.util.List;

/** Runs a pack's {@code install.py} in the environment's Python, as ComfyUI-Manager does. */
final class Scripts {
  static final String PYTHON = "install.py";

  private final Environment environment;
  private final ProcessRunner runner;

  Scripts(Environment environment, ProcessRunner runner) {
    this.environment = environment;
    this.runner = runner;
  }

  void run(String pack) {
    Path folder = environment.customNodes().resolve(pack);
    String python = VirtualEnvironment.python(environment.venv()).toString();
    Ended ended = runner.run(Job.in(folder, List.of(python, PYTHON)));
    if (!ended.succeeded()) {
      throw new TidepoolException(
          ErrorKind.UNAVAILABLE,
          "node-script-failed",
          "The script " + PYTHON + " of " + pack + " failed: " + ended.reason() + ".",
          "All that it said is in " + runner.log() + ".",
          "To add the pack without it, leave out --run-install.");
    }
  }
}
