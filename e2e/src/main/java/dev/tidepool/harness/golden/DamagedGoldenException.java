package dev.tidepool.harness.golden;

/** A golden is there, and cannot be read; writing it anew mends it. */
final class DamagedGoldenException extends GoldenException {
  DamagedGoldenException(String message) {
    super(
        message,
        "Restore it from your version control, or run with --update to have it written anew.");
  }
}
