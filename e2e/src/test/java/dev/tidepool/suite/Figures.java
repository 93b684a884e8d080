package dev.tidepool.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A list of measured figures, printed at the end of a bench. */
final class Figures {
  private final List<String> lines = new ArrayList<>();

  Figures(String title) {
    lines.add("== " + title);
  }

  void add(String what, double value, String unit) {
    lines.add(String.format(Locale.ROOT, "%-50s %9.1f %s", what, value, unit).stripTrailing());
  }

  void line(String text) {
    lines.add(text);
  }

  /** The middle one of a field's values. */
  static double median(List<JsonNode> results, String field) {
    double[] sorted =
        results.stream().mapToDouble(result -> result.path(field).asDouble()).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Appends to the file that the system property {@code tidepool.bench.output} names. */
  void print() throws IOException {
    Files.write(
        Path.of(System.getProperty("tidepool.bench.output", "target/bench.txt")),
        lines,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
