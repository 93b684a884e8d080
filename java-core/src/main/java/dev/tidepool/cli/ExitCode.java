package dev.tidepool.cli;

/**
 * What the process ends with. Errors that are a {@link dev.tidepool.error.TidepoolException} carry
 * their own code, from {@link dev.tidepool.error.ErrorKind}; the complete list is:
 *
 * <ul>
 *   <li>0: done
 *   <li>1: a failure that the message explains
 *   <li>2: the command line was used wrongly
 *   <li>3: stopped by the user (Ctrl-C)
 *   <li>70: a bug in Tidepool ({@code EX_SOFTWARE} of BSD's sysexits.h); details are in a log file
 * </ul>
 */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILURE = 1;
  static final int STOPPED = 3;
  static final int BUG = 70;

  private ExitCode() {}
}
