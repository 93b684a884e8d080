package dev.tidepool.harness.golden;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Two images of equal size, compared pixel by pixel, with alpha. */
final class ImageComparison {
  private final Pixels expected;
  private final Pixels actual;
  private int changed;
  private int firstChanged = -1;
  private int largest;

  ImageComparison(Pixels expected, Pixels actual) {
    this.expected = expected;
    this.actual = actual;
    for (int pixel = 0; pixel < expected.width() * expected.height(); pixel++) {
      int difference = difference(pixel);
      if (difference > 0) {
        changed++;
        firstChanged = firstChanged < 0 ? pixel : firstChanged;
        largest = Math.max(largest, difference);
      }
    }
  }

  /** The largest difference of any channel of a pixel, in samples of 16 bits. */
  private int difference(int pixel) {
    int most = 0;
    for (int at = pixel * Pixels.CHANNELS; at < (pixel + 1) * Pixels.CHANNELS; at++) {
      most = Math.max(most, Math.abs(expected.samples()[at] - actual.samples()[at]));
    }
    return most;
  }

  /** Says what differs, beyond what is allowed; empty when nothing does. */
  Optional<String> difference(Tolerance tolerance) {
    if (changed == 0) {
      return Optional.empty();
    }
    double similarity = Similarity.of(expected, actual);
    double levels = (double) largest / Pixels.PER_LEVEL;
    if (tolerance.allows(levels, similarity)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of %d pixels differ, by up to %s of 255 levels; similarity %.4f; the first at (%d,"
                + " %d): expected %s, found %s",
            changed,
            expected.width() * expected.height(),
            levels == Math.rint(levels)
                ? Long.toString(Math.round(levels))
                : String.format(Locale.ROOT, "%.3f", levels),
            // Rounded down: 1 is for images that are equal.
            Math.floor(similarity * 10_000) / 10_000,
            firstChanged % expected.width(),
            firstChanged / expected.width(),
            colour(expected),
            colour(actual)));
  }

  private String colour(Pixels pixels) {
    StringBuilder colour = new StringBuilder("#");
    for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
      int sample = pixels.samples()[firstChanged * Pixels.CHANNELS + channel];
      colour.append(String.format(Locale.ROOT, "%02x", sample / Pixels.PER_LEVEL));
    }
    return colour.toString();
  }

  /** A PNG: the expected image, pale and grey, with what changed in red, the more the brighter. */
  byte[] picture() {
    double[] grey = expected.luminance();
    BufferedImage picture =
        new BufferedImage(expected.width(), expected.height(), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < grey.length; pixel++) {
      int difference = difference(pixel);
      int colour = 0x010101 * (int) (200 + grey[pixel] * 0.2);
      if (difference > 0) {
        int rest = 150 - Math.min(150, difference / Pixels.PER_LEVEL * 3);
        colour = 0xe00000 | rest << 8 | rest;
      }
      picture.setRGB(pixel % expected.width(), pixel / expected.width(), colour);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
