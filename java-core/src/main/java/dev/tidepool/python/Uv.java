package dev.tidepool.python;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A uv that works, with the user's package index. Thread-safe. */
public final class Uv {
  private final Path program;
  private final ProcessRunner runner;
  private final Map<String, String> variables;

  Uv(Path program, ProcessRunner runner, Map<String, String> variables) {
    this.program = program;
    this.runner = runner;
    this.variables = Map.copyOf(variables);
  }

  /** Its executable. */
  public Path program() {
    return program;
  }

  /**
   * Makes a virtual environment in the folder, in the place of one that is there.
   *
   * @return its Python
   * @throws TidepoolException {@code environment-failed}
   */
  public Path makeEnvironment(Interpreter python, Path folder) {
    Ended ended =
        run(
            folder,
            Steps.silent(),
            "venv",
            "--clear",
            "--python",
            python.program().toString(),
            folder.toString());
    if (!ended.succeeded()) {
      throw failed("environment-failed", "Cannot make a Python environment in " + folder, ended);
    }
    return VirtualEnvironment.python(folder);
  }

  /**
   * Installs into a Python.
   *
   * @param what what is installed, for the message: {@code ComfyUI's requirements}
   * @param arguments what {@code uv pip install} takes: requirements, {@code -r FILE}, options
   * @throws TidepoolException {@code requirements-failed}
   */
  public void install(Path python, String what, Steps steps, List<String> arguments) {
    Ended ended = tryInstall(python, steps, arguments);
    if (!ended.succeeded()) {
      throw failed("requirements-failed", "Cannot install " + what + " into " + python, ended);
    }
  }

  /** Installs into a Python, or tells why it cannot. */
  public Ended tryInstall(Path python, Steps steps, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("pip", "install", "--python", python.toString()));
    all.addAll(arguments);
    return run(python, steps, all.toArray(String[]::new));
  }

  /** The job with this uv first on its path, and with the user's package index for it. */
  public Job within(Job job) {
    String path = runner.environment().getOrDefault("PATH", "");
    String folder = String.valueOf(program.toAbsolutePath().getParent());
    return job.with(variables)
        .with(Map.of("PATH", path.isEmpty() ? folder : folder + File.pathSeparator + path));
  }

  /**
   * Whether the index of PyTorch for machines without a graphics card can be reached; asked with
   * little patience.
   */
  public boolean reachesTorchForCpu(Path python, List<String> requirements) {
    Map<String, String> impatient =
        Map.of("UV_HTTP_RETRIES", "0", "UV_HTTP_TIMEOUT", "10", "UV_HTTP_CONNECT_TIMEOUT", "5");
    List<String> command = new ArrayList<>(List.of(program.toString(), "pip", "install"));
    command.addAll(
        List.of("--dry-run", "--no-deps", "--torch-backend", "cpu", "--python", python.toString()));
    command.addAll(requirements);
    return runner.run(job(python, command).with(impatient)).succeeded();
  }

  /** The same with more variables. */
  Uv with(Map<String, String> more) {
    Map<String, String> all = new java.util.HashMap<>(variables);
    all.putAll(more);
    return new Uv(program, runner, all);
  }

  /** Works on projects that have a lock. */
  public UvProjects projects() {
    return new UvProjects(this);
  }

  Ended run(Path near, Steps steps, String... arguments) {
    return run(near, steps, Map.of(), List.of(arguments));
  }

  Ended run(Path near, Steps steps, Map<String, String> more, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return runner.run(job(near, command).with(more), new UvLines(steps));
  }

  /** Where all that it said is. */
  Path log() {
    return runner.log();
  }

  TidepoolException failed(String code, String message, Ended ended) {
    return Failures.of(code, message, ended, runner.log());
  }

  /** Uv looks for settings in the folder where it runs and above: it runs in that of its target. */
  private Job job(Path near, List<String> command) {
    Path folder = near.toAbsolutePath();
    while (folder.getParent() != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    return Job.in(folder, command).with(variables);
  }
}
