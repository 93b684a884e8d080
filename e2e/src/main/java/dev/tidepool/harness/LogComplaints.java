package dev.tidepool.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the errors in a log of ComfyUI, such as
 *
 * <pre>{@code
 * [ERROR] !!! Exception during processing !!! no such image
 * [ERROR] Traceback (most recent call last):
 *   File "execution.py", line 542, in execute
 * FileNotFoundError: no such image
 * }</pre>
 *
 * <p>An entry at the level ERROR or CRITICAL is one, with the lines that go on with it, and so is a
 * traceback at any level. Versions of ComfyUI before 0.20 write no levels: there, tracebacks and
 * the lines that announce them count.
 */
final class LogComplaints {
  private static final Pattern LEVEL =
      Pattern.compile("^\\[(DEBUG|DETAIL|INFO|WARNING|ERROR|CRITICAL)] ");
  private static final Pattern BAD_LEVEL = Pattern.compile("^\\[(ERROR|CRITICAL)] ");
  private static final Pattern ANNOUNCEMENT = Pattern.compile("^!!! Exception ");
  private static final String TRACEBACK = "Traceback (most recent call last)";

  /** How entries begin that go on with the error before them. */
  private static final Pattern CONTINUATION =
      Pattern.compile("^\\[ERROR] (" + Pattern.quote(TRACEBACK) + "|\\* |  - |Output will be)");

  private final List<StringBuilder> found = new ArrayList<>();
  private @Nullable StringBuilder open;

  /** Whether the open complaint is a traceback outside any entry, which ends by itself. */
  private boolean bare;

  private LogComplaints() {}

  /** The complaints in a log without colours, in order. */
  static List<String> in(String log) {
    LogComplaints complaints = new LogComplaints();
    log.lines().forEach(complaints::line);
    return complaints.found.stream().map(it -> it.toString().stripTrailing()).toList();
  }

  private void line(String line) {
    StringBuilder current = open;
    if (LEVEL.matcher(line).find()) {
      boolean goesOn = current != null && !bare && CONTINUATION.matcher(line).find();
      if (goesOn) {
        add(line);
      } else if (BAD_LEVEL.matcher(line).find() || line.contains(TRACEBACK)) {
        begin(line, false);
      } else {
        open = null;
      }
    } else if (current == null || bare) {
      bareLine(line);
    } else {
      add(line);
    }
  }

  private void bareLine(String line) {
    if (open != null) {
      add(line);
      // The exception ends its traceback: the first line that is not indented.
      if (!line.isBlank() && !line.startsWith(" ") && !line.contains(TRACEBACK)) {
        open = null;
      }
    } else if (line.contains(TRACEBACK) || ANNOUNCEMENT.matcher(line).find()) {
      begin(line, true);
      if (!line.contains(TRACEBACK)) {
        open = null;
      }
    }
  }

  private void begin(String line, boolean outsideAnyEntry) {
    open = new StringBuilder();
    bare = outsideAnyEntry;
    found.add(open);
    add(line);
  }

  private void add(String line) {
    if (open != null) {
      open.append(line).append('\n');
    }
  }
}
