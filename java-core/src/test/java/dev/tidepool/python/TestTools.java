package dev.tidepool.python;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real uv and pip for tests, got once from the package index that is configured on this
 * machine, and kept below {@code target}. All else that tests install comes from a {@link
 * PackageIndex} of their own.
 */
public final class TestTools {
  private static final Path KEPT = Path.of("target", "test-tools").toAbsolutePath();

  private TestTools() {}

  /** This machine's environment, without what would lead uv or pip elsewhere. */
  public static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment
        .keySet()
        .removeIf(name -> name.startsWith("UV_") || name.startsWith("PIP_FIND_LINKS"));
    environment.remove("VIRTUAL_ENV");
    environment.remove("CONDA_PREFIX");
    environment.computeIfPresent("PATH", (name, path) -> withoutUv(path));
    return environment;
  }

  /** A uv of this machine would be taken instead of being fetched. */
  private static String withoutUv(String path) {
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !Files.isExecutable(Path.of(folder).resolve("uv")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A folder with uv's wheel, which fits this machine. */
  public static Path uvWheel() throws IOException {
    return wheel("uv.txt");
  }

  /** A folder with pip's wheel. */
  public static Path pipWheel() throws IOException {
    return wheel("pip.txt");
  }

  /** The folder with the program uv, to be put on the path. */
  public static Path uvFolder() throws IOException {
    ProcessRunner runner = new ProcessRunner(environment(), KEPT.resolve("uv.log"));
    Files.createDirectories(KEPT);
    Path program = new PythonTools(KEPT, runner).uv(Steps.silent()).program();
    return java.util.Objects.requireNonNull(program.getParent());
  }

  private static Path wheel(String pinned) throws IOException {
    Path target = KEPT.resolve(pinned + ".d");
    return new StoreLocks()
        .of(KEPT)
        .holding(
            () -> {
              if (Files.isDirectory(target)) {
                return target;
              }
              Path work = KEPT.resolve(pinned + ".work");
              Folders.delete(work);
              Files.createDirectories(work);
              Path requirements =
                  Files.writeString(KEPT.resolve(pinned), Pinned.read(pinned).text());
              ProcessRunner runner = new ProcessRunner(environment(), KEPT.resolve("pip.log"));
              Ended ended =
                  runner.run(
                      Job.in(KEPT, List.of("python3", "-m", "pip", "download", "--no-deps"))
                          .with("--require-hashes", "-d", work.toString())
                          .with("-r", requirements.toString()));
              if (!ended.succeeded()) {
                throw new IOException(ended.reason());
              }
              AtomicFiles.move(work, target);
              return target;
            });
  }
}
