package dev.tidepool.io;

/**
 * Hears how far a piece of work has come. Called from the thread that works, often, so an
 * implementation answers at once. A listener hears what it has a method for.
 */
public interface Progress {
  /** The work turned out to be this many units long; bytes unless the caller says otherwise. */
  default void total(long units) {}

  /** This many more units are done. */
  default void advance(long units) {}

  /** The work turned out to be this many units longer than was said. */
  default void more(long units) {}

  /** A listener that ignores everything. */
  static Progress none() {
    return new Progress() {};
  }
}
