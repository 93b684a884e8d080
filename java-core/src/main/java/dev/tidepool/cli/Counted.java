package dev.tidepool.cli;

/** Counts things for people. */
final class Counted {
  private Counted() {}

  /** The count with the thing, such as {@code 1 model} or {@code no models}. */
  static String of(int count, String thing) {
    return (count == 0 ? "no" : Integer.toString(count)) + " " + thing + (count == 1 ? "" : "s");
  }
}
