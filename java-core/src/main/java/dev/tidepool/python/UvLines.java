package dev.tidepool.python;

import dev.tidepool.io.Steps;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads uv's and pip's talk and tells how far they are:
 *
 * <pre>
 * Downloading torch (506.1MiB)
 *  Downloaded torch
 * Progress 262144 of 11897382
 * </pre>
 */
final class UvLines implements Consumer<String> {
  private static final Pattern BEGUN =
      Pattern.compile("\\s*Downloading (\\S+) \\(([0-9.]+)(B|KiB|MiB|GiB)\\)");
  private static final Pattern DONE = Pattern.compile("\\s*Downloaded (\\S+)");
  private static final Pattern OTHER =
      Pattern.compile("\\s*((?:Building|Prepared|Resolved|Installed) .*)");
  private static final Pattern RAW = Pattern.compile("Progress (\\d+) of (\\d+)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

  private final Steps steps;
  private final Map<String, Long> sizes = new HashMap<>();
  private long total;
  private long told;

  UvLines(Steps steps) {
    this.steps = steps;
  }

  @Override
  public void accept(String line) {
    Matcher matcher = BEGUN.matcher(line);
    if (matcher.matches()) {
      begun(matcher.group(1), bytes(matcher.group(2), matcher.group(3)));
      return;
    }
    matcher = DONE.matcher(line);
    if (matcher.matches()) {
      steps.advance(sizes.getOrDefault(matcher.group(1), 0L));
      return;
    }
    matcher = RAW.matcher(line);
    if (matcher.matches()) {
      steps.total(Long.parseLong(matcher.group(2)));
      long done = Long.parseLong(matcher.group(1));
      steps.advance(done - told);
      told = done;
      return;
    }
    matcher = OTHER.matcher(line);
    if (matcher.matches()) {
      steps.at(matcher.group(1));
    }
  }

  private void begun(String name, long bytes) {
    sizes.put(name, bytes);
    total += bytes;
    steps.total(total);
    steps.at(name);
  }

  private static long bytes(String number, String unit) {
    return (long) (Double.parseDouble(number) * (1L << SHIFTS.getOrDefault(unit, 0)));
  }
}
