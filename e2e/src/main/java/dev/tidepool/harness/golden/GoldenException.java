package dev.tidepool.harness.golden;

import java.util.List;

/** A workflow, its settings or its goldens cannot be used; the message says why, for the user. */
public sealed class GoldenException extends RuntimeException permits DamagedGoldenException {
  private final transient List<String> hints;

  /** An error with what to do about it. */
  public GoldenException(String message, String... hints) {
    super(message);
    this.hints = List.of(hints);
  }

  /** What the user may do next. */
  public List<String> hints() {
    return hints;
  }
}
