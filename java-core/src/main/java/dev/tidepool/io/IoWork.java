package dev.tidepool.io;

import java.io.IOException;

/**
 * Work on files that may fail as files do.
 *
 * @param <T> what the work answers
 */
@FunctionalInterface
public interface IoWork<T> {
  /** Does the work. */
  T run() throws IOException;
}
