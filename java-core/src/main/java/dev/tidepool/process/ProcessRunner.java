package dev.tidepool.process;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs other programs. Everything that they print goes into a log, with passwords taken out. A
 * thread that is interrupted while it waits ends the program and all that it started. Thread-safe.
 */
public final class ProcessRunner {
  private final Map<String, String> environment;
  private final Path log;

  /**
   * Runs programs in this environment.
   *
   * @param log the file that gets what programs print; made when needed, with its folder
   */
  public ProcessRunner(Map<String, String> environment, Path log) {
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  /** The variables that every program gets. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The file with all that programs printed. */
  public Path log() {
    return log;
  }

  /** The first program with one of these names on the path that programs get. */
  public Optional<Path> find(String... names) {
    SearchPath path = SearchPath.of(environment);
    for (String name : names) {
      List<Path> programs = path.programs(name);
      if (!programs.isEmpty()) {
        return Optional.of(programs.get(0));
      }
    }
    return Optional.empty();
  }

  /** Runs a program to its end, and tells each line that it prints while it runs. */
  public Ended run(Job job, Consumer<String> listener) {
    return StorageFailures.translate(
        "run " + job.program(),
        () -> {
          Writer writer = openLog();
          Process process;
          try {
            process = begin(builder(job).redirectErrorStream(true), job);
            process.getOutputStream().close();
          } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
          }
          writer.write("$ " + Secrets.hidden(String.join(" ", job.command())) + "\n");
          BufferedReader out =
              new BufferedReader(
                  new InputStreamReader(
                      process.getInputStream(),
                      StandardCharsets.UTF_8
                          .newDecoder()
                          .onMalformedInput(CodingErrorAction.REPLACE)));
          return new Listening(process, out, writer, listener).untilItEnds();
        });
  }

  /** Runs a program to its end. */
  public Ended run(Job job) {
    return run(job, line -> {});
  }

  /** Starts a program that prints where this process prints; it has no input. */
  public Process start(Job job) {
    return StorageFailures.translate(
        "start " + job.program(),
        () ->
            begin(
                builder(job)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT),
                job));
  }

  /** Starts a program that reads and prints where this process does. */
  public Process startInPlace(Job job) {
    return StorageFailures.translate(
        "start " + job.program(), () -> begin(builder(job).inheritIO(), job));
  }

  /** Starts a program whose output, both kinds in one, the caller reads; it has no input. */
  public Process startToRead(Job job) {
    return StorageFailures.translate(
        "start " + job.program(), () -> begin(builder(job).redirectErrorStream(true), job));
  }

  private ProcessBuilder builder(Job job) {
    ProcessBuilder builder = new ProcessBuilder(job.command()).directory(job.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(job.environment());
    builder.environment().values().removeIf(String::isEmpty);
    return builder;
  }

  private static Process begin(ProcessBuilder builder, Job job) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted before " + job.program());
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new TidepoolException(
          e,
          ErrorKind.UNAVAILABLE,
          "program-unusable",
          "The program " + job.command().get(0) + " cannot be started.",
          "Check that it is there and that you may run it.");
    }
  }

  private Writer openLog() throws IOException {
    Path folder = log.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return Files.newBufferedWriter(
        log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
