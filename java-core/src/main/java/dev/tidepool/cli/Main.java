package dev.tidepool.cli;

/** The start of the process; the only place that ends it. */
public final class Main {
  private Main() {}

  /** Runs one command line and exits with its code, see {@link ExitCode}. */
  public static void main(String[] arguments) {
    new HeadStart().start();
    prepareLogging();
    Interruption interruption = Interruption.of(Thread.currentThread());
    Terminal terminal = Terminal.ofProcess(interruption);
    int code = new Dispatcher(terminal).run(arguments);
    if (!terminal.flush() && code == ExitCode.DONE) {
      code = ExitCode.FAILURE;
    }
    end(interruption, code);
  }

  /** Ends the process with its {@link ExitCode}. */
  static void end(Interruption interruption, int code) {
    interruption.finished(code);
    System.exit(code);
  }

  /** Says how to log, before anything does. */
  static void prepareLogging() {
    // One line per warning, read when java.util.logging first prints.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n");
    // JGit's logging goes nowhere; it would look through the class path for a place.
    System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
  }
}
