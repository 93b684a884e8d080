package dev.tidepool.suite;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Images for the tests, each of another colour with a gradient, so that no two are equal. */
final class Pictures {
  private Pictures() {}

  /** A picture whose colours follow from its number. */
  static BufferedImage numbered(int number, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float hue = number * 0.381966f;
        float brightness = 0.3f + 0.7f * (x + y) / (width + height);
        image.setRGB(x, y, Color.HSBtoRGB(hue, 0.8f, brightness));
      }
    }
    return image;
  }

  /** The same with an alpha channel that falls from left to right. */
  static BufferedImage transparent(int number, int width, int height) {
    BufferedImage opaque = numbered(number, width, height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int alpha = 255 - 255 * x / (width - 1);
        image.setRGB(x, y, (alpha << 24) | (opaque.getRGB(x, y) & 0xffffff));
      }
    }
    return image;
  }

  /** The bytes of a PNG file. */
  static byte[] png(BufferedImage image) {
    return encoded(image, "png");
  }

  /** The bytes of a JPEG file. */
  static byte[] jpeg(BufferedImage image) {
    return encoded(image, "jpeg");
  }

  /** The bytes of a TIFF file. */
  static byte[] tiff(BufferedImage image) {
    return encoded(image, "tiff");
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes one numbered PNG of 64 by 48 pixels per name into a folder, from number 1. */
  static List<Path> files(Path folder, String... names) {
    return Arrays.stream(names)
        .map(name -> file(folder, name, Arrays.asList(names).indexOf(name) + 1))
        .toList();
  }

  private static Path file(Path folder, String name, int number) {
    try {
      return Files.write(folder.resolve(name), png(numbered(number, 64, 48)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
