package dev.tidepool.cli;

import dev.tidepool.error.TidepoolException;
import java.util.concurrent.locks.LockSupport;

/** A process whose work never ends by itself. */
final class StopMe {
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

  private static Void work(String end, Terminal terminal, dev.tidepool.io.Progress progress) {
    terminal.out().println("working");
    terminal.flush();
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
    if (end.equals("finish")) {
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
