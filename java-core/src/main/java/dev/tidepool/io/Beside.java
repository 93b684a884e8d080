package dev.tidepool.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work on a thread of its own, begun early, while its caller does what needs no answer of it yet.
 *
 * <pre>{@code
 * try (Beside<Version> first = Beside.begin("record the first version", () -> history.first(text))) {
 *   project.sync(environment, steps);
 *   version = first.get();
 * }
 * }</pre>
 *
 * <p>Who closes it early interrupts the work and waits until it has ended. For one thread.
 *
 * @param <T> what the work answers
 */
public final class Beside<T> implements AutoCloseable {
  private final String doing;
  private final FutureTask<T> work;
  private final Thread thread;

  private Beside(String doing, IoWork<T> work) {
    this.doing = doing;
    this.work = new FutureTask<>(work::run);
    this.thread = new Thread(this.work, "tidepool-beside");
    thread.setDaemon(true);
  }

  /**
   * Begins it.
   *
   * @param doing what is done, for the message when waiting for it is stopped
   */
  public static <T> Beside<T> begin(String doing, IoWork<T> work) {
    Beside<T> beside = new Beside<>(doing, work);
    beside.thread.start();
    return beside;
  }

  /** Waits for the answer; throws what the work threw. */
  public T get() throws IOException {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before it was done: " + doing);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Ends work that is not done yet, and waits for its end; an interrupt waits too. A failure that
   * nobody got by then is dropped.
   */
  @Override
  public void close() {
    boolean interrupted = false;
    if (!work.isDone()) {
      thread.interrupt();
    }
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
