package dev.tidepool.image;

/**
 * A header contradicts its format; {@link ImageHeaders} turns this into the error that a user
 * meets.
 */
final class BrokenHeaderException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Takes the reason, worded to follow the file's name and a colon. No stack trace: this is an
   * answer, not a bug.
   */
  BrokenHeaderException(String reason) {
    super(reason, null, false, false);
  }
}
