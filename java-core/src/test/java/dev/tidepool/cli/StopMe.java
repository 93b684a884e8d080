package dev.tidepool.cli;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A process whose work waits to be stopped, and gives up after a minute. */
final class StopMe {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private StopMe() {}

  public static void main(String[] arguments) {
    Interruption interruption = Interruption.of(Thread.currentThread());
    Terminal terminal = Terminal.ofProcess(interruption);
    int code = ExitCode.DONE;
    try {
      LongWork.run(terminal, "Working", progress -> work(arguments[0], terminal, progress));
    } catch (TidepoolException e) {
      terminal.out().println(e.kind());
      code = e.exitCode();
    }
    terminal.flush();
    interruption.finished(code);
    System.exit(code);
  }

  private static Void work(String way, Terminal terminal, Progress progress) {
    terminal.out().println("working");
    terminal.flush();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LIMIT.toNanos());
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "no signal came; does whatever runs the tests ignore SIGINT?");
      }
    }
    if (way.equals("finish")) {
      terminal.out().println("finished");
      return null;
    }
    try {
      progress.advance(1);
    } finally {
      terminal.out().println("tidy");
    }
    throw new IllegalStateException("progress did not stop the work");
  }
}
