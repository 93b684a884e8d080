package dev.tidepool.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.util.zip.CRC32;

/**
 * PNG, after <a href="https://www.w3.org/TR/png-3/">the PNG specification, third edition</a>:
 * section 5.2 (signature), 5.3 (chunks: length, type, data, CRC), 11.2.1 (IHDR), 11.3.4.7 (eXIf,
 * which may also follow the image data).
 */
final class PngHeader implements HeaderReader {
  private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
  private static final int FIRST_CHUNK = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int IHDR_LENGTH = 13;

  @Override
  public boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException {
    return file.reads(0, SIGNATURE);
  }

  @Override
  public ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException {
    boolean startsWithHeader =
        file.reads(FIRST_CHUNK + 4, "IHDR")
            && file.u32(FIRST_CHUNK, BIG_ENDIAN) == IHDR_LENGTH
            && checksum(file) == file.u32(FIRST_CHUNK + 8 + IHDR_LENGTH, BIG_ENDIAN);
    if (!startsWithHeader) {
      throw new BrokenHeaderException("its PNG header is damaged");
    }
    return ImageHeader.of(
        ImageFormat.PNG, file.u32(16, BIG_ENDIAN), file.u32(20, BIG_ENDIAN), sideways(file));
  }

  private static long checksum(ImageBytes file) throws IOException, BrokenHeaderException {
    CRC32 crc = new CRC32();
    for (int i = 0; i < 4 + IHDR_LENGTH; i++) {
      crc.update(file.u8(FIRST_CHUNK + 4 + i));
    }
    return crc.getValue();
  }

  /**
   * Looks through all chunks; where they break off or are too many, the picture counts as upright.
   */
  private static boolean sideways(ImageBytes file) throws IOException {
    try {
      long at = FIRST_CHUNK + CHUNK_FRAME + IHDR_LENGTH;
      while (file.holds(at, CHUNK_FRAME) && !file.reads(at + 4, "IEND")) {
        long length = file.u32(at, BIG_ENDIAN);
        if (file.reads(at + 4, "eXIf")) {
          return ExifOrientation.sideways(file.slice(at + 8, length));
        }
        at += CHUNK_FRAME + length;
      }
      return false;
    } catch (BrokenHeaderException e) {
      return false;
    }
  }
}
