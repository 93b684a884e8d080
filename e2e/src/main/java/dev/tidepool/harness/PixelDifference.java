package dev.tidepool.harness;

import java.awt.image.BufferedImage;
import java.util.Optional;

/** Compares images pixel by pixel. */
public final class PixelDifference {
  private PixelDifference() {}

  /**
   * Says in words where two images differ in size or in red, green and blue of a pixel; empty when
   * they do not.
   */
  public static Optional<String> between(BufferedImage expected, BufferedImage actual) {
    if (expected.getWidth() != actual.getWidth() || expected.getHeight() != actual.getHeight()) {
      return Optional.of(
          "expected %d x %d pixels, found %d x %d"
              .formatted(
                  expected.getWidth(),
                  expected.getHeight(),
                  actual.getWidth(),
                  actual.getHeight()));
    }
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        int wanted = expected.getRGB(x, y) & 0xffffff;
        int found = actual.getRGB(x, y) & 0xffffff;
        if (wanted != found) {
          return Optional.of(
              "at (%d, %d) expected #%06x, found #%06x".formatted(x, y, wanted, found));
        }
      }
    }
    return Optional.empty();
  }
}
