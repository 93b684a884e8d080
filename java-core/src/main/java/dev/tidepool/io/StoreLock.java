package dev.tidepool.io;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time in a store's folder: first among this process's threads, then, through a
 * lock on the file {@code .lock}, among processes. The system drops a dead process's lock by
 * itself. Reentrant; thread-safe.
 */
public final class StoreLock {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long HELD = 0;
  private static final long NEXT = 1;
  private static final long SHORTEST_PAUSE_NANOS = 200_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000;

  private final Path folder;
  private final ReentrantLock threads = new ReentrantLock(true);

  StoreLock(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder when it is missing, and does the work while no other writer can.
   *
   * @throws TidepoolException {@code store-busy} when another program holds the lock for two
   *     minutes
   */
  public <T> T holding(IoWork<T> work) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      if (!threads.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + folder);
    }
    try {
      if (threads.getHoldCount() > 1) {
        return work.run();
      }
      Files.createDirectories(folder);
      // Closing any channel on the file drops this process's lock on it: only one is ever open.
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = acquire(channel, deadline)) {
        assert held.isValid();
        return work.run();
      }
    } finally {
      threads.unlock();
    }
  }

  /** Whether the calling thread holds it. */
  public boolean isHeldHere() {
    return threads.isHeldByCurrentThread();
  }

  /**
   * Takes the lock's byte by way of the byte behind it, which only the next in turn holds: a
   * process that comes back at once waits there with the others, and does not overtake who waits
   * already.
   */
  private FileLock acquire(FileChannel channel, long deadline) throws IOException {
    try (FileLock next = await(channel, NEXT, LONGEST_PAUSE_NANOS, deadline)) {
      assert next.isValid();
      return await(channel, HELD, SHORTEST_PAUSE_NANOS, deadline);
    }
  }

  private FileLock await(FileChannel channel, long position, long longestPause, long deadline)
      throws IOException {
    long pause = SHORTEST_PAUSE_NANOS;
    @Nullable FileLock lock = channel.tryLock(position, 1, false);
    while (lock == null) {
      if (System.nanoTime() > deadline) {
        throw busy();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while waiting for " + folder);
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, longestPause);
      lock = channel.tryLock(position, 1, false);
    }
    return lock;
  }

  private TidepoolException busy() {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "store-busy",
        "Another program has been changing " + folder + " for two minutes.",
        "Wait until it is done, or end it, then try again.");
  }
}
