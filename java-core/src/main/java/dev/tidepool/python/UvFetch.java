package dev.tidepool.python;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gets uv from the package index by the pip of whatever Python there is, checked against the hashes
 * in {@code uv.txt}, and keeps it.
 */
final class UvFetch {
  private final Path folder;
  private final Pinned pinned;
  private final ProcessRunner runner;
  private final Map<String, String> variables;
  private final StoreLocks locks = new StoreLocks();

  /**
   * Keeps uv in the folder.
   *
   * @param variables what pip gets to know besides the runner's environment
   */
  UvFetch(Path folder, Pinned pinned, ProcessRunner runner, Map<String, String> variables) {
    this.folder = folder;
    this.pinned = pinned;
    this.runner = runner;
    this.variables = variables;
  }

  /** The uv that was fetched before. */
  Optional<Path> kept() {
    Path program = program(folder.resolve(pinned.version()));
    return Files.isExecutable(program) ? Optional.of(program) : Optional.empty();
  }

  /**
   * Fetches uv.
   *
   * @throws TidepoolException {@code uv-missing}
   */
  Path fetch(List<Path> pythons) {
    return StorageFailures.translate(
        "fetch uv into " + folder,
        () ->
            locks
                .of(folder)
                .holding(
                    () -> {
                      Optional<Path> kept = kept();
                      return kept.isPresent() ? kept.get() : fetchLocked(pythons);
                    }));
  }

  private Path fetchLocked(List<Path> pythons) throws IOException {
    Path work = folder.resolve(".fetching");
    Folders.delete(work);
    Files.createDirectories(work);
    try {
      Path requirements = Files.writeString(work.resolve("uv.txt"), pinned.text());
      @Nullable Ended last = null;
      for (Path python : pythons) {
        for (List<String> pip : ways(python, work)) {
          Path target = work.resolve("uv");
          Folders.delete(target);
          Ended ended = install(pip, requirements, target);
          if (ended.succeeded() && Files.isExecutable(program(target))) {
            AtomicFiles.move(target, folder.resolve(pinned.version()));
            return program(folder.resolve(pinned.version()));
          }
          last = ended;
        }
      }
      throw missing(last);
    } finally {
      Folders.deleteQuietly(work);
    }
  }

  /** The Python's own pip, else that of an environment made for this. */
  private List<List<String>> ways(Path python, Path work) {
    List<List<String>> ways = new ArrayList<>();
    String program = python.toString();
    if (run(List.of(program, "-m", "pip", "--version")).succeeded()) {
      ways.add(List.of(program, "-m", "pip"));
    } else {
      Path venv = work.resolve("venv");
      if (run(List.of(program, "-m", "venv", "--clear", venv.toString())).succeeded()) {
        ways.add(List.of(VirtualEnvironment.python(venv).toString(), "-m", "pip"));
      }
    }
    return ways;
  }

  private Ended install(List<String> pip, Path requirements, Path target) {
    List<String> command = new ArrayList<>(pip);
    command.addAll(List.of("install", "--disable-pip-version-check", "--no-input", "--no-deps"));
    command.addAll(List.of("--only-binary", ":all:", "--require-hashes"));
    command.addAll(List.of("--target", target.toString(), "-r", requirements.toString()));
    return run(command);
  }

  private Ended run(List<String> command) {
    try {
      return runner.run(Job.in(folder, command).with(variables));
    } catch (TidepoolException e) {
      if (e.code().equals("program-unusable")) {
        return new Ended(1, List.of(e.text()));
      }
      throw e;
    }
  }

  private TidepoolException missing(@Nullable Ended last) {
    String how = "Install uv: see docs.astral.sh/uv, or pipx install uv.";
    if (last == null) {
      return new TidepoolException(
          ErrorKind.UNAVAILABLE,
          "uv-missing",
          "uv is not installed, and no Python here has pip or venv to fetch it with.",
          "Debian, Ubuntu: sudo apt install python3-venv",
          how);
    }
    return Failures.of(
        "uv-missing", "uv is not installed and cannot be fetched", last, runner.log());
  }

  private static Path program(Path folder) {
    Path windows = folder.resolve("bin").resolve("uv.exe");
    return Files.exists(windows) ? windows : folder.resolve("bin").resolve("uv");
  }
}
