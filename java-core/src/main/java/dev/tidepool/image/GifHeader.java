package dev.tidepool.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/**
 * GIF, after the <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a
 * specification</a>: sections 17 (header), 18 (logical screen), 20 (image descriptor), 24 to 26
 * (extensions).
 *
 * <p>The size is that of the logical screen, widened where the first frame reaches beyond it:
 * browsers and Pillow show such files so.
 */
final class GifHeader implements HeaderReader {
  private static final int SCREEN = 6;
  private static final int SCREEN_FLAGS = 10;
  private static final int BLOCKS = 13;
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;

  @Override
  public boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException {
    return file.reads(0, "GIF87a") || file.reads(0, "GIF89a");
  }

  @Override
  public ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException {
    long frame = firstFrame(file);
    long right = (long) file.u16(frame, LITTLE_ENDIAN) + file.u16(frame + 4, LITTLE_ENDIAN);
    long bottom = (long) file.u16(frame + 2, LITTLE_ENDIAN) + file.u16(frame + 6, LITTLE_ENDIAN);
    return ImageHeader.of(
        ImageFormat.GIF,
        Math.max(file.u16(SCREEN, LITTLE_ENDIAN), right),
        Math.max(file.u16(SCREEN + 2, LITTLE_ENDIAN), bottom),
        false);
  }

  /**
   * Walks over the colour table and the extensions to the first image descriptor's place and size.
   */
  private static long firstFrame(ImageBytes file) throws IOException, BrokenHeaderException {
    int flags = file.u8(SCREEN_FLAGS);
    boolean hasColours = (flags & 0x80) != 0;
    long at = BLOCKS + (hasColours ? 3L << ((flags & 7) + 1) : 0);
    while (true) {
      int block = file.u8(at);
      if (block == IMAGE) {
        return at + 1;
      }
      if (block != EXTENSION) {
        throw new BrokenHeaderException("its GIF data have no frame");
      }
      at = afterSubBlocks(file, at + 2);
    }
  }

  private static long afterSubBlocks(ImageBytes file, long first)
      throws IOException, BrokenHeaderException {
    long at = first;
    int length = file.u8(at);
    while (length != 0) {
      at += 1 + length;
      length = file.u8(at);
    }
    return at + 1;
  }
}
