package dev.tidepool.harness.golden;

import java.util.Optional;

/**
 * One way in which a run differs from its golden.
 *
 * @param place where, such as {@code node 9, images 1}
 * @param text what, in one or a few lines
 * @param files the files that differ, if it is about files
 */
public record Difference(String place, String text, Optional<Files> files) {
  /**
   * The two files of a difference; one is missing when an output is new or gone.
   *
   * @param picture a PNG that shows where two images differ
   */
  public record Files(
      Optional<Content> expected, Optional<Content> actual, Optional<byte[]> picture) {}

  static Difference of(String place, String text) {
    return new Difference(place, text, Optional.empty());
  }

  /** Place and text. */
  public String line() {
    return place + ": " + text;
  }
}
