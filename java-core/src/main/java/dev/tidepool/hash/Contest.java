package dev.tidepool.hash;

import java.util.function.LongSupplier;

/**
 * Finds out when lanes have become faster than single blocks: a few tries early on make the JVM
 * compile them, then one try in {@value #EVERY} is timed until one wins. After that lanes stay. A
 * wrong verdict, from a pause of the machine, costs little: lanes in use are compiled soon. Not
 * thread-safe.
 */
final class Contest {
  private static final int EVERY = 8;

  private final LongSupplier clock;
  private int rounds;
  private boolean side;
  private long started;
  private long single = Long.MAX_VALUE;
  private boolean won;

  /** Begins a contest that is timed by a clock of nanoseconds. */
  Contest(LongSupplier clock) {
    this.clock = clock;
  }

  /** Whether lanes are the faster ones. */
  boolean won() {
    return won;
  }

  /** Begins a batch, while none has won; whether it is for the lanes. */
  boolean begin() {
    side = rounds >= EVERY && (rounds < 2 * EVERY || rounds % EVERY == 0);
    rounds++;
    started = clock.getAsLong();
    return side;
  }

  /** Ends a batch. */
  void end() {
    long taken = clock.getAsLong() - started;
    if (side) {
      won = taken < single;
    } else {
      single = taken;
    }
  }
}
