package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into a clean end: the working thread is interrupted and gets a few seconds to tidy
 * up, then the process ends with {@link ExitCode#STOPPED}. Thread-safe.
 */
final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  // No future: the first one of a process costs several milliseconds.
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile int code = ExitCode.STOPPED;
  private volatile boolean requested;
  private volatile Duration patience = PATIENCE;

  private Interruption() {}

  /** An interruption that never comes by itself, for use outside a process of its own. */
  static Interruption none() {
    return new Interruption();
  }

  /** Listens for the process being asked to end, and interrupts this thread then. */
  static Interruption of(Thread worker) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Hook(interruption, worker));
    return interruption;
  }

  /** Whether the user asked to stop. */
  boolean requested() {
    return requested;
  }

  /** Asks the work to stop at its next step. */
  void request() {
    requested = true;
  }

  /** Lets the work take longer to tidy up, such as a server to end. */
  void allow(Duration time) {
    patience = time;
  }

  /** Says that the work is over and tidy. Must come before the process is ended. */
  void finished(int code) {
    this.code = code;
    end.countDown();
  }

  /** The error that a stopped command ends with. */
  static TidepoolException stopped() {
    return new TidepoolException(
        ErrorKind.STOPPED, "stopped", "Stopped before it was done; nothing was changed.");
  }

  private void wind(Thread worker) {
    if (end.getCount() == 0) {
      return;
    }
    request();
    worker.interrupt();
    // A plain return would report the signal's own exit code instead of ours.
    Runtime.getRuntime().halt(awaitEnd());
  }

  private int awaitEnd() {
    try {
      return end.await(patience.toMillis(), TimeUnit.MILLISECONDS) ? code : ExitCode.STOPPED;
    } catch (InterruptedException e) {
      return ExitCode.STOPPED;
    }
  }

  // Not a lambda: the first lambda of a process costs several milliseconds.
  private static final class Hook extends Thread {
    private final Interruption interruption;
    private final Thread worker;

    Hook(Interruption interruption, Thread worker) {
      super("tidepool-stop");
      this.interruption = interruption;
      this.worker = worker;
    }

    @Override
    public void run() {
      interruption.wind(worker);
    }
  }
}
