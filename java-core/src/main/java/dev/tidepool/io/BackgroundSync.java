package dev.tidepool.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes finished files to the device while the next ones are being written, which takes half the
 * time of one after the other. For one thread; {@link #finish} before the files are relied upon.
 */
public final class BackgroundSync implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 16;

  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          BackgroundSync::daemon,
          // Whoever writes faster than the device takes a hand.
          new ThreadPoolExecutor.CallerRunsPolicy());

  /** Hands over a file that is written and closed. */
  public void add(Path file) {
    threads.execute(() -> sync(file));
  }

  /** Waits until every file is on the device. */
  public void finish() throws IOException {
    threads.shutdown();
    try {
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were written to the device");
    }
    @Nullable IOException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** Ends the threads; what is not on the device by now may never be. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void sync(Path file) {
    try {
      Folders.syncFile(file);
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tidepool-sync");
    thread.setDaemon(true);
    return thread;
  }
}
