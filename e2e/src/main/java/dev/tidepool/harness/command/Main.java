package dev.tidepool.harness.command;

import java.util.List;

/** The start of the process for {@code tidepool workflow test}; the only place that ends it. */
public final class Main {
  private Main() {}

  /** Runs the arguments after {@code workflow test} and exits with the command's code. */
  public static void main(String[] arguments) {
    Interruption interruption = new Interruption();
    interruption.listen(Thread.currentThread());
    Terminal terminal = Terminal.ofProcess();
    int code;
    try {
      code = new WorkflowTestCommand(terminal, interruption).run(List.of(arguments));
    } catch (RuntimeException | Error e) {
      terminal.error(
          "Tidepool failed; the fault is its own. The details, for a report:", List.of());
      e.printStackTrace(terminal.err());
      code = ExitCode.BUG;
    }
    terminal.err().flush();
    if (terminal.out().checkError() && code == ExitCode.DONE) {
      code = ExitCode.FAILURE;
    }
    interruption.finished(code);
    System.exit(code);
  }
}
