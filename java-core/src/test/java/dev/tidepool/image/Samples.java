package dev.tidepool.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The real image files under {@code src/test/resources/images}. */
final class Samples {
  static final List<String> NAMES =
      List.of(
          "plain.png",
          "palette.png",
          "animated.png",
          "orientation-6.png",
          "orientation-6-after-data.png",
          "baseline.jpg",
          "progressive.jpg",
          "orientation-1-II.jpg",
          "orientation-3-MM.jpg",
          "orientation-6-II.jpg",
          "orientation-8-MM.jpg",
          "lossy.webp",
          "lossless.webp",
          "lossy-alpha.webp",
          "animated.webp",
          "orientation-6.webp",
          "still.gif",
          "animated.gif",
          "comment.gif",
          "true-colour.bmp",
          "palette.bmp",
          "top-down.bmp",
          "core-header.bmp",
          "little-endian.tif",
          "big-endian.tif",
          "big-tiff.tif",
          "big-tiff-big-endian.tif",
          "big-tiff-orientation-5.tif",
          "orientation-8.tif",
          "still.avif",
          "alpha.avif",
          "sequence.avif",
          "orientation-3.avif",
          "orientation-6.avif");

  private Samples() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = Samples.class.getResourceAsStream("/images/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
