package dev.tidepool.python;

import java.nio.file.Path;

/**
 * A Python that can be run.
 *
 * @param program its executable
 * @param version such as {@code 3.12.1}
 */
public record Interpreter(Path program, String version) {
  private static final int OLDEST_MINOR = 11;

  /** The minor version, such as 12. */
  public int minor() {
    return Integer.parseInt(version.split("\\.")[1]);
  }

  /** Whether it is CPython 3.11 or newer, which the bridge to Java needs. */
  public boolean supported() {
    return version.startsWith("3.") && minor() >= OLDEST_MINOR;
  }
}
