package dev.tidepool.http;

import java.time.Duration;

/** Waits between attempts; tests hear how long instead of waiting. */
@FunctionalInterface
public interface Pauses {
  /** Waits that long. */
  void pause(Duration length) throws InterruptedException;

  /** Really waits. */
  static Pauses real() {
    return length -> Thread.sleep(length.toMillis());
  }
}
