package dev.tidepool.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Short work that an interrupt must not cut in two: an interruptible channel closes under a thread
 * that is interrupted, before or while it works. The thread stays interrupted for what comes next.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Does the work, from its start again when an interrupt came in between. */
  public static <T> T run(IoWork<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
