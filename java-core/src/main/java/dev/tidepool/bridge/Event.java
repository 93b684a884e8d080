package dev.tidepool.bridge;

/** Something that Python hears without asking. */
sealed interface Event {
  /**
   * One line for the log.
   *
   * @param level {@code DEBUG}, {@code INFO}, {@code WARNING} or {@code ERROR}
   */
  record LogLine(String level, String logger, String message) implements Event {}

  /**
   * How far an operation has come, in its own units (bytes, mostly).
   *
   * @param token the name the caller gave the operation
   * @param total 0 while it is not known
   * @param finished whether this is the last word about this token
   */
  record Advance(String token, long done, long total, boolean finished) implements Event {}
}
