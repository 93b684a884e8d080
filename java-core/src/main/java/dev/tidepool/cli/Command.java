package dev.tidepool.cli;

/** One command of the command line, such as {@code tidepool profile list}. */
interface Command {
  /** What the command accepts, and its help. */
  Syntax syntax();

  /**
   * Does the work.
   *
   * @return an {@link ExitCode}
   * @throws dev.tidepool.error.TidepoolException when it fails in a way that the user can mend
   */
  int run(Arguments arguments, Terminal terminal);
}
