package dev.tidepool.history;

import java.time.Instant;

/**
 * One committed state of an environment.
 *
 * @param name {@code v1} for the oldest; of a commit beside the line its first eight digits
 * @param commit forty hex digits
 * @param message without blank lines at its end
 * @param date when it was committed
 */
public record Version(String name, String commit, String message, Instant date) {
  /** The first line of the message. */
  public String title() {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
