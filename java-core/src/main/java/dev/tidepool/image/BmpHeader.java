package dev.tidepool.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/**
 * BMP, after Microsoft's BITMAPFILEHEADER and BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV4HEADER
 * and BITMAPV5HEADER, and OS/2's 64-byte header. A negative height means that the rows run from top
 * to bottom.
 */
final class BmpHeader implements HeaderReader {
  private static final int INFO = 14;
  private static final int CORE_HEADER = 12;

  @Override
  public boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException {
    return file.reads(0, "BM") && file.holds(INFO, CORE_HEADER);
  }

  @Override
  public ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException {
    long headerLength = file.u32(INFO, LITTLE_ENDIAN);
    if (headerLength == CORE_HEADER) {
      return header(
          file.u16(INFO + 4, LITTLE_ENDIAN),
          file.u16(INFO + 6, LITTLE_ENDIAN),
          file.u16(INFO + 10, LITTLE_ENDIAN));
    }
    if (!isInfoHeader(headerLength)) {
      throw new BrokenHeaderException("its BMP header is of no known kind");
    }
    // The cast back to int restores the sign of the stored numbers.
    long width = (int) file.u32(INFO + 4, LITTLE_ENDIAN);
    long height = (int) file.u32(INFO + 8, LITTLE_ENDIAN);
    return header(width, Math.abs(height), file.u16(INFO + 14, LITTLE_ENDIAN));
  }

  /** Two letters are a weak signature, so the depth has to make sense as well. */
  private static ImageHeader header(long width, long height, int bitsPerPixel)
      throws BrokenHeaderException {
    switch (bitsPerPixel) {
      case 1, 2, 4, 8, 16, 24, 32 -> {
        return ImageHeader.of(ImageFormat.BMP, width, height, false);
      }
      default -> throw new BrokenHeaderException("its BMP header is damaged");
    }
  }

  private static boolean isInfoHeader(long length) {
    return length == 40
        || length == 52
        || length == 56
        || length == 64
        || length == 108
        || length == 124;
  }
}
