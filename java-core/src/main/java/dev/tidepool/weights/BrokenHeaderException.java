package dev.tidepool.weights;

/** A header contradicts its format. No stack trace: this is an answer, not a bug. */
final class BrokenHeaderException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenHeaderException(String reason) {
    super(reason, null, false, false);
  }
}
