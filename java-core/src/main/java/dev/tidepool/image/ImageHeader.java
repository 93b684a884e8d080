package dev.tidepool.image;

/**
 * What the head of an image file tells.
 *
 * @param format the format of the content
 * @param width pixels from left to right as the picture is shown, that is after its stored
 *     orientation is applied; at least 1
 * @param height pixels from top to bottom as the picture is shown; at least 1
 */
public record ImageHeader(ImageFormat format, int width, int height) {
  /** Refuses an empty picture. */
  public ImageHeader {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("empty picture: " + width + " x " + height);
    }
  }

  /**
   * The header of a stored raster.
   *
   * @param sideways whether the raster is shown turned by a quarter, so that its sides swap
   * @throws BrokenHeaderException when a side is zero, negative or beyond 31 bits
   */
  static ImageHeader of(ImageFormat format, long width, long height, boolean sideways)
      throws BrokenHeaderException {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new BrokenHeaderException("it claims a size that no picture has");
    }
    return sideways
        ? new ImageHeader(format, (int) height, (int) width)
        : new ImageHeader(format, (int) width, (int) height);
  }
}
