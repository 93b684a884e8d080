package dev.tidepool.harness.golden;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A decoded image: four samples per pixel (red, green, blue, alpha) of 0 to 65535, row by row. The
 * array is shared and must not be changed.
 */
record Pixels(int width, int height, char[] samples) {
  static final int CHANNELS = 4;

  /** Samples of 16 bits per level of 8 bits. */
  static final int PER_LEVEL = 257;

  private static final long LARGEST = 40_000_000;

  /**
   * Decodes; empty when this is no image that Java reads, or one whose samples would not all be
   * compared: with several pages, with samples that are not of 8 or 16 bits, or beyond reason.
   */
  static Optional<Pixels> decode(byte[] bytes) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        boolean tooLarge = (long) reader.getWidth(0) * reader.getHeight(0) > LARGEST;
        if (tooLarge || reader.getNumImages(true) != 1) {
          return Optional.empty();
        }
        return Optional.of(reader.read(0)).filter(Pixels::isWhole).map(Pixels::of);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Java's readers answer damaged files with all kinds of exceptions.
      return Optional.empty();
    }
  }

  static Pixels of(BufferedImage image) {
    char[] samples = new char[image.getWidth() * image.getHeight() * CHANNELS];
    if (isPlain(image)) {
      fromRaster(image, samples);
    } else {
      fromColours(image, samples);
    }
    return new Pixels(image.getWidth(), image.getHeight(), samples);
  }

  /** Whether no sample is rounded. */
  private static boolean isWhole(BufferedImage image) {
    int most = IntStream.of(image.getColorModel().getComponentSize()).max().orElse(0);
    return most <= 8 || (most == 16 && isPlain(image));
  }

  /** Whether the samples can be taken as they are: Java would convert shades of grey otherwise. */
  private static boolean isPlain(BufferedImage image) {
    int type = image.getRaster().getTransferType();
    return image.getColorModel() instanceof ComponentColorModel
        && !image.isAlphaPremultiplied()
        && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
        && image.getRaster().getNumBands() <= CHANNELS;
  }

  private static void fromRaster(BufferedImage image, char[] samples) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int scale = raster.getTransferType() == DataBuffer.TYPE_BYTE ? PER_LEVEL : 1;
    boolean grey = bands <= 2;
    boolean alpha = bands % 2 == 0;
    int[] row = new int[image.getWidth() * bands];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, row);
      for (int source = 0; source < row.length; source += bands) {
        for (int channel = 0; channel < 3; channel++) {
          samples[target++] = (char) (row[source + (grey ? 0 : channel)] * scale);
        }
        samples[target++] = alpha ? (char) (row[source + bands - 1] * scale) : 65535;
      }
    }
  }

  private static void fromColours(BufferedImage image, char[] samples) {
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y);
        samples[target++] = (char) ((colour >> 16 & 0xff) * PER_LEVEL);
        samples[target++] = (char) ((colour >> 8 & 0xff) * PER_LEVEL);
        samples[target++] = (char) ((colour & 0xff) * PER_LEVEL);
        samples[target++] = (char) ((colour >>> 24) * PER_LEVEL);
      }
    }
  }

  String size() {
    return width + " x " + height;
  }

  /** Luminance in levels of 0 to 255, with the weights of ITU-R BT.601. */
  double[] luminance() {
    double[] result = new double[width * height];
    for (int i = 0, at = 0; i < result.length; i++, at += CHANNELS) {
      result[i] =
          (0.299 * samples[at] + 0.587 * samples[at + 1] + 0.114 * samples[at + 2]) / PER_LEVEL;
    }
    return result;
  }

  /** Alpha in levels of 0 to 255. */
  double[] alpha() {
    double[] result = new double[width * height];
    for (int i = 0; i < result.length; i++) {
      result[i] = (double) samples[i * CHANNELS + 3] / PER_LEVEL;
    }
    return result;
  }
}
