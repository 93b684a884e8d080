package dev.tidepool.suite;

/** Selectors of Tidepool's controls, by the ids that the web extension gives them. */
final class TestId {
  private TestId() {}

  /** The selector of a control, such as {@code pool-add}. */
  static String of(String name) {
    return "[data-testid=\"tidepool-" + name + "\"]";
  }
}
