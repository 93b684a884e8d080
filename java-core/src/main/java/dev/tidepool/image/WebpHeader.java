package dev.tidepool.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/**
 * WebP, after <a href="https://www.rfc-editor.org/rfc/rfc9649">RFC 9649</a>: sections 2.3 to 2.7
 * (RIFF chunks, VP8, VP8L, VP8X, EXIF) and 3.4 (VP8L header); the VP8 key frame after RFC 6386,
 * section 9.1.
 */
final class WebpHeader implements HeaderReader {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEAD = 8;
  private static final int EXIF_FLAG = 0x08;
  private static final int LOSSLESS_SIGNATURE = 0x2f;

  @Override
  public boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException {
    return file.reads(0, "RIFF") && file.reads(8, "WEBP");
  }

  @Override
  public ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException {
    ImageBytes data = file.from(FIRST_CHUNK + CHUNK_HEAD);
    if (file.reads(FIRST_CHUNK, "VP8 ")) {
      return lossy(data);
    }
    if (file.reads(FIRST_CHUNK, "VP8L")) {
      return lossless(data);
    }
    if (file.reads(FIRST_CHUNK, "VP8X")) {
      return extended(file, data);
    }
    throw new BrokenHeaderException("its WebP header is damaged");
  }

  private static ImageHeader lossy(ImageBytes frame) throws IOException, BrokenHeaderException {
    boolean isKeyFrame = (frame.u8(0) & 1) == 0;
    if (!isKeyFrame || !frame.reads(3, "\u009d\u0001*")) {
      throw new BrokenHeaderException("its WebP frame is damaged");
    }
    // The two highest bits hold a scale that decoders ignore.
    int width = frame.u16(6, LITTLE_ENDIAN) & 0x3fff;
    int height = frame.u16(8, LITTLE_ENDIAN) & 0x3fff;
    return ImageHeader.of(ImageFormat.WEBP, width, height, false);
  }

  private static ImageHeader lossless(ImageBytes frame) throws IOException, BrokenHeaderException {
    long bits = frame.u32(1, LITTLE_ENDIAN);
    long version = bits >> 29;
    if (frame.u8(0) != LOSSLESS_SIGNATURE || version != 0) {
      throw new BrokenHeaderException("its WebP frame is damaged");
    }
    return ImageHeader.of(ImageFormat.WEBP, 1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff), false);
  }

  private static ImageHeader extended(ImageBytes file, ImageBytes data)
      throws IOException, BrokenHeaderException {
    long width = 1 + data.u16(4, LITTLE_ENDIAN) + ((long) data.u8(6) << 16);
    long height = 1 + data.u16(7, LITTLE_ENDIAN) + ((long) data.u8(9) << 16);
    boolean hasExif = (data.u8(0) & EXIF_FLAG) != 0;
    return ImageHeader.of(ImageFormat.WEBP, width, height, hasExif && sideways(file));
  }

  /**
   * Looks through all chunks; where they break off or are too many, the picture counts as upright.
   */
  private static boolean sideways(ImageBytes file) throws IOException {
    try {
      long at = FIRST_CHUNK;
      while (file.holds(at, CHUNK_HEAD)) {
        long length = file.u32(at + 4, LITTLE_ENDIAN);
        if (file.reads(at, "EXIF")) {
          return ExifOrientation.sideways(file.slice(at + CHUNK_HEAD, length));
        }
        at += CHUNK_HEAD + length + (length & 1);
      }
      return false;
    } catch (BrokenHeaderException e) {
      return false;
    }
  }
}
