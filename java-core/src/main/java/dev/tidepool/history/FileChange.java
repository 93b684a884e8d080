package dev.tidepool.history;

/**
 * A file that differs from the last version.
 *
 * @param path below {@code .cec}, with slashes
 */
public record FileChange(String path, Kind kind) {
  /** What happened to the file. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED
  }
}
