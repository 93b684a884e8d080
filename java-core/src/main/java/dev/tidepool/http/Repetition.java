package dev.tidepool.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Does something again while that may help, with growing pauses. */
record Repetition(HttpPatience patience, Pauses pauses) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /**
   * Makes attempts until one works.
   *
   * @param cameForward whether the last attempt got so far that the count begins anew
   * @throws dev.tidepool.error.TidepoolException the failure of the last one; {@code stopped}
   */
  <T> Attempt.Outcome<T> of(
      String method, URI uri, Supplier<Attempt.Outcome<T>> attempts, BooleanSupplier cameForward) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Attempt.Outcome<T> outcome = attempts.get();
      if (outcome.failure() == null) {
        return outcome;
      }
      if (cameForward.getAsBoolean()) {
        attempt = 1;
        pause = FIRST_PAUSE;
      }
      Duration wait = outcome.retryAfter().orElse(pause);
      if (!outcome.mayHelpAgain()
          || attempt >= patience.attempts()
          || wait.compareTo(LONGEST_PAUSE) > 0) {
        throw outcome.failure();
      }
      try {
        pauses.pause(wait);
      } catch (InterruptedException e) {
        throw Wire.stopped(method, uri, e);
      }
      pause = pause.multipliedBy(2);
    }
  }
}
