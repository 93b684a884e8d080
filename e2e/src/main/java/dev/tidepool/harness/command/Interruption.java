package dev.tidepool.harness.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns Ctrl-C into a clean end: the working thread is interrupted and gets the time to stop its
 * server, then the process ends with {@link ExitCode#STOPPED}. Thread-safe.
 */
final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private volatile boolean requested;

  /** Listens for the process being asked to end, and interrupts this thread then. */
  void listen(Thread worker) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> wind(worker), "tidepool-stop"));
  }

  /** Whether the user asked to stop. */
  boolean requested() {
    return requested;
  }

  /** Says that the work is over and tidy. Must come before the process is ended. */
  void finished(int code) {
    end.complete(code);
  }

  private void wind(Thread worker) {
    if (end.isDone()) {
      return;
    }
    requested = true;
    worker.interrupt();
    // A plain return would report the signal's own exit code instead of ours.
    Runtime.getRuntime().halt(awaitEnd());
  }

  private int awaitEnd() {
    try {
      return end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return ExitCode.STOPPED;
    }
  }
}
