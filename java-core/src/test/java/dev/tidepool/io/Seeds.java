package dev.tidepool.io;

/**
 * Where random examples begin: at the same in every run, so that a run tells of the change that it
 * tests. {@code -Dtests.options=-Dtidepool.seed=4711} has other examples, or those of a failure.
 */
public final class Seeds {
  private Seeds() {}

  /** The seed of this run. */
  public static long seed() {
    return Long.getLong("tidepool.seed", 1);
  }
}
