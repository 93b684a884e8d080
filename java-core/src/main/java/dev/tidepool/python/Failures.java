package dev.tidepool.python;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says in one line why uv or pip failed, and where the rest is. */
final class Failures {
  /** What uv says where UV_NO_BUILD is set. */
  private static final Pattern BUILDS =
      Pattern.compile(
          "(?i)building source distributions[^.]*disabled|marked as `--no-build`"
              + "|has no usable wheels");

  private static final Pattern NETWORK =
      Pattern.compile(
          "dns error|connect|timed? ?out|unreachable|name resolution|resolving dns|lookup address|tls|certificate");

  /** How uv and pip begin a line about what failed. */
  private static final Pattern CAUSE = Pattern.compile("^\\s*(?:error|cause|caused by)\\b");

  private Failures() {}

  /** Whether it failed for want of the network. */
  static boolean isNetwork(Ended ended) {
    return ended.lines().stream()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> CAUSE.matcher(line).find())
        .anyMatch(line -> NETWORK.matcher(line).find());
  }

  /** Whether a package is there as source only, and nothing may be built. */
  static boolean wantsToBuild(Ended ended) {
    return BUILDS.matcher(String.join(" ", ended.lines()).replaceAll("\\s+", " ")).find();
  }

  static TidepoolException of(String code, String message, Ended ended, Path log) {
    List<String> hints = new ArrayList<>();
    String reason = ended.reason();
    String lower = reason.toLowerCase(Locale.ROOT);
    if (NETWORK.matcher(lower).find()) {
      hints.add("Check the network, and the package index (UV_DEFAULT_INDEX or PIP_INDEX_URL).");
    } else if (wantsToBuild(ended)) {
      hints.add(
          "A package that comes as source is built by code of its own; tidepool import --run-install"
              + " allows that when you trust the bundle.");
    } else if (lower.contains("externally managed")) {
      hints.add("Give ComfyUI a virtual environment: python3 -m venv .venv in its folder.");
    }
    hints.add("All that was said is in " + log + ".");
    String text = message + ": " + reason;
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        code,
        text.endsWith(".") ? text : text + ".",
        hints.toArray(String[]::new));
  }
}
