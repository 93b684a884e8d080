package dev.tidepool.image;

import java.io.IOException;

/**
 * How a camera was held, after CIPA DC-008 (EXIF 3.0), section 4.6.5.1.6: orientations 5 to 8 of
 * tag 274 turn the picture by a quarter.
 */
final class ExifOrientation {
  private static final String PREFIX = "Exif\0\0";

  private ExifOrientation() {}

  /**
   * Whether EXIF data, with or without the prefix {@code Exif\0\0}, say that the picture is shown
   * sideways. Damaged data say nothing, as in every viewer.
   */
  static boolean sideways(ImageBytes exif) throws IOException {
    try {
      ImageBytes tiff = exif.reads(0, PREFIX) ? exif.from(PREFIX.length()) : exif;
      return TiffDirectory.recognises(tiff) && isSideways(TiffDirectory.first(tiff));
    } catch (BrokenHeaderException e) {
      return false;
    }
  }

  /** Whether a picture with this directory is shown sideways. */
  static boolean isSideways(TiffDirectory directory) throws IOException, BrokenHeaderException {
    long orientation = directory.number(TiffDirectory.ORIENTATION);
    return orientation >= 5 && orientation <= 8;
  }

  /** Whether the bytes start with the prefix that marks EXIF data in a JPEG segment. */
  static boolean isMarked(ImageBytes segment) throws IOException, BrokenHeaderException {
    return segment.reads(0, PREFIX);
  }
}
