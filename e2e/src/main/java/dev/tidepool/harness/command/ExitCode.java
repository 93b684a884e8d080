package dev.tidepool.harness.command;

/** What the process ends with; the same as those of all of Tidepool's commands. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int STOPPED = 3;
  static final int BUG = 70;

  private ExitCode() {}
}
