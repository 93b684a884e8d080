package dev.tidepool.process;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a program ended.
 *
 * @param exitCode 0 when it did what it should
 * @param lines the last lines that it printed
 */
public record Ended(int exitCode, List<String> lines) {
  private static final Pattern ERROR = Pattern.compile("(?i)^\\s*(?:error|fatal)\\b\\s*:?\\s*");
  private static final Pattern CAUSE = Pattern.compile("(?i)^\\s+(?:caused by|cause):\\s*");

  /** Copies the lines. */
  public Ended {
    lines = List.copyOf(lines);
  }

  /** Whether it did what it should. */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * The one line that says why it failed: what uv, pip and git call the error, with the deepest
   * cause; else the last line, which is where Python says it.
   */
  public String reason() {
    int error = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (ERROR.matcher(lines.get(i)).find()) {
        error = i;
      }
    }
    if (error < 0) {
      return lastLine();
    }
    String reason = ERROR.matcher(lines.get(error)).replaceFirst("");
    String cause = "";
    for (int i = error + 1; i < lines.size() && CAUSE.matcher(lines.get(i)).find(); i++) {
      cause = CAUSE.matcher(lines.get(i)).replaceFirst("");
    }
    return cause.isEmpty() ? reason : reason + ": " + cause;
  }

  private String lastLine() {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (!lines.get(i).isBlank()) {
        return lines.get(i).strip();
      }
    }
    return "it ended with the code " + exitCode;
  }
}
