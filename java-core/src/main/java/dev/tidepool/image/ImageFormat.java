package dev.tidepool.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The image formats that a pool takes, each with the file name extensions in use for it. */
public enum ImageFormat {
  /** Portable Network Graphics, ISO/IEC 15948; animated ones too. */
  PNG("png", "apng"),
  /** JPEG, ITU-T T.81. */
  JPEG("jpg", "jpeg", "jpe", "jfif"),
  /** WebP, RFC 9649. */
  WEBP("webp"),
  /** Graphics Interchange Format, 87a and 89a. */
  GIF("gif"),
  /** Windows and OS/2 bitmap. */
  BMP("bmp", "dib"),
  /** TIFF 6.0 and BigTIFF. */
  TIFF("tif", "tiff"),
  /** AV1 Image File Format, still and sequence. */
  AVIF("avif", "avifs");

  private final List<String> extensions;

  ImageFormat(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** The usual extension in lower case, without a dot. */
  public String extension() {
    return extensions.get(0);
  }

  /** All extensions in use, in lower case and without a dot; the usual one comes first. */
  public List<String> extensions() {
    return extensions;
  }

  /**
   * Finds the format that a file name claims, by what follows its last dot, ignoring case. The
   * content decides what a file is; a name only tells what to expect.
   */
  public static Optional<ImageFormat> ofFileName(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (extension.length() == fileName.length()) {
      return Optional.empty();
    }
    for (ImageFormat format : values()) {
      if (format.extensions.contains(extension)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
