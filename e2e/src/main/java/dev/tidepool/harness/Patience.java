package dev.tidepool.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a state, never for a time: looks again every few milliseconds until it is there. */
public final class Patience {
  /** How long anything that takes no computing may take on a busy machine. */
  public static final Duration USUAL = Duration.ofSeconds(20);

  private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

  private Patience() {}

  /**
   * Waits until the condition holds.
   *
   * @param what what is waited for, as the error names it
   * @throws AssertionError when the limit passes before it holds
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    get(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /**
   * Waits until there is a value, and returns it.
   *
   * @param what what is waited for, as the error names it
   * @throws AssertionError when the limit passes before there is one
   * @throws IllegalStateException when the thread is interrupted
   */
  public static <T> T get(String what, Duration limit, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while waiting for " + what);
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + limit.toMillis() + " ms in vain for " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
