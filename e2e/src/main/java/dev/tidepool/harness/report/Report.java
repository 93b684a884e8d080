package dev.tidepool.harness.report;

import dev.tidepool.harness.Durably;
import dev.tidepool.harness.golden.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a run of golden workflows found.
 *
 * @param verdicts in the order of the run
 * @param server which ComfyUI ran them, for people
 * @param folder paths are told from here
 * @param begin when the run began
 * @param duration of the whole run, the server's start included
 */
public record Report(
    List<Verdict> verdicts, String server, Path folder, Instant begin, Duration duration) {
  /** Copies the list. */
  public Report {
    verdicts = List.copyOf(verdicts);
  }

  /** How many ended so. */
  public long count(Verdict.Status status) {
    return verdicts.stream().filter(verdict -> verdict.status() == status).count();
  }

  /** How many fail the run. */
  public long failures() {
    return verdicts.stream().filter(verdict -> verdict.status().isFailure()).count();
  }

  /** A path as the report tells it. */
  public String path(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }

  /** The report for programs, as one line of JSON. */
  public String json() {
    return JsonReport.of(this).toString();
  }

  /**
   * Writes {@code index.html}, {@code junit.xml} and {@code report.json}, each in place of an older
   * one.
   */
  public void write(Path target) throws IOException {
    Files.createDirectories(target);
    replace(target.resolve("report.json"), JsonReport.of(this).toPrettyString() + "\n");
    replace(target.resolve("junit.xml"), JunitReport.of(this));
    replace(target.resolve("index.html"), HtmlReport.of(this));
    Durably.keep(target);
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Durably.write(fresh, text.getBytes(StandardCharsets.UTF_8));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
