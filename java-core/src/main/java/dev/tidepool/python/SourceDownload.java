package dev.tidepool.python;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Downloads the source archive of a package with pip, which uv cannot do. */
final class SourceDownload {
  private final Uv uv;
  private final ProcessRunner runner;
  private final Map<String, String> variables;

  SourceDownload(Uv uv, ProcessRunner runner, Map<String, String> variables) {
    this.uv = uv;
    this.runner = runner;
    this.variables = variables;
  }

  void run(Interpreter python, String requirement, String sha256, Path folder, Steps steps) {
    Path work = folder.resolveSibling(folder.getFileName() + ".pip");
    try {
      Path pip = makePip(python, work);
      Path file =
          StorageFailures.translate(
              "write to " + work,
              () ->
                  Files.writeString(
                      work.resolve("requirements.txt"),
                      requirement + (sha256.isEmpty() ? "" : " --hash=sha256:" + sha256) + "\n"));
      Ended ended = runner.run(download(pip, file, folder), new UvLines(steps));
      if (!ended.succeeded()) {
        throw uv.failed("package-unreachable", "Cannot download the package " + requirement, ended);
      }
    } finally {
      Folders.deleteQuietly(work);
    }
  }

  private Path makePip(Interpreter python, Path work) {
    Path program = uv.makeEnvironment(python, work);
    Path pinned =
        StorageFailures.translate(
            "write to " + work,
            () -> Files.writeString(work.resolve("pip.txt"), Pinned.read("pip.txt").text()));
    uv.install(
        program, "pip", Steps.silent(), List.of("--require-hashes", "-r", pinned.toString()));
    return program;
  }

  /**
   * Pip wants to know what the package needs, for which the package's own Python must not matter.
   */
  private Job download(Path python, Path requirements, Path folder) {
    return Job.in(folder, List.of(python.toString(), "-m", "pip", "download"))
        .with("--no-deps", "--no-binary", ":all:", "--ignore-requires-python")
        .with("--no-input", "--disable-pip-version-check", "--progress-bar", "raw")
        .with("-d", folder.toString(), "-r", requirements.toString())
        .with(variables);
  }
}
