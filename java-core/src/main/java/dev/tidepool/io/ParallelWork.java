package dev.tidepool.io;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Does the same with several things, some of them at a time. The first failure ends all; no thread
 * works on when the work has returned, unless it heeds no interrupt for ten seconds.
 */
public final class ParallelWork {
  private static final int PATIENCE_SECONDS = 10;

  private final String doing;
  private final int atATime;
  private final String[] hints;

  /**
   * Work of one kind.
   *
   * @param doing what is done, for the message when it is stopped: {@code download files}
   * @param atATime how many at most
   * @param hints what to do when it is stopped
   */
  public ParallelWork(String doing, int atATime, String... hints) {
    this.doing = doing;
    this.atATime = atATime;
    this.hints = hints.clone();
  }

  /**
   * Does it.
   *
   * @return what came of each, in the order of what was given
   * @throws TidepoolException {@code stopped}, when the calling thread is interrupted, which then
   *     stays so
   */
  public <A, B> List<B> with(List<A> all, Function<A, B> work) {
    if (all.isEmpty()) {
      return List.of();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(atATime, all.size()));
    try {
      List<Future<B>> running = new ArrayList<>();
      all.forEach(each -> running.add(threads.submit(() -> work.apply(each))));
      List<B> done = new ArrayList<>();
      for (Future<B> each : running) {
        done.add(await(each));
      }
      return done;
    } finally {
      threads.shutdownNow();
      settle(threads);
    }
  }

  private <B> B await(Future<B> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TidepoolException(
          e, ErrorKind.STOPPED, "stopped", "Stopped before it was done: " + doing + ".", hints);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void settle(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
