package dev.tidepool.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.util.Optional;

/**
 * JPEG, after ITU-T T.81, annex B: markers with any number of fill bytes (B.1.1.2), segments with a
 * length that counts itself (B.1.1.4), frame headers SOF0 to SOF15 (B.2.2); EXIF in APP1 after CIPA
 * DC-008, section 4.7.2.
 */
final class JpegHeader implements HeaderReader {
  private static final int MARKER = 0xff;
  private static final int STUFFED = 0x00;
  private static final int TEM = 0x01;
  private static final int SOF0 = 0xc0;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP1 = 0xe1;

  @Override
  public boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException {
    return file.reads(0, "\u00ff\u00d8\u00ff");
  }

  @Override
  public ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException {
    Optional<ImageBytes> frame = Optional.empty();
    Optional<ImageBytes> exif = Optional.empty();
    long at = 2;
    // Up to the first scan, because EXIF data may follow the frame header.
    while (true) {
      at = code(file, at);
      int code = file.u8(at++);
      if (code == SOS || code == EOI) {
        return header(frame, exif);
      }
      if (standsAlone(code)) {
        continue;
      }
      ImageBytes segment = segment(file, at);
      if (isFrame(code)) {
        if (frame.isPresent()) {
          throw new BrokenHeaderException("its JPEG data have two frame headers");
        }
        frame = Optional.of(segment);
      } else if (code == APP1 && exif.isEmpty() && ExifOrientation.isMarked(segment)) {
        exif = Optional.of(segment);
      }
      at += 2 + segment.length();
    }
  }

  private static ImageHeader header(Optional<ImageBytes> frame, Optional<ImageBytes> exif)
      throws IOException, BrokenHeaderException {
    if (frame.isEmpty()) {
      throw new BrokenHeaderException("its JPEG data have no frame header");
    }
    boolean sideways = exif.isPresent() && ExifOrientation.sideways(exif.get());
    int height = frame.get().u16(1, BIG_ENDIAN);
    int width = frame.get().u16(3, BIG_ENDIAN);
    return ImageHeader.of(ImageFormat.JPEG, width, height, sideways);
  }

  /**
   * Answers where the next marker's code stands. Skips stray bytes, as decoders do, and fill bytes.
   */
  private static long code(ImageBytes file, long at) throws IOException, BrokenHeaderException {
    long code = at;
    while (file.u8(code) != MARKER) {
      code++;
    }
    while (file.u8(code) == MARKER) {
      code++;
    }
    return code;
  }

  private static ImageBytes segment(ImageBytes file, long at)
      throws IOException, BrokenHeaderException {
    return file.slice(at + 2, file.u16(at, BIG_ENDIAN) - 2L);
  }

  private static boolean standsAlone(int code) {
    return code == STUFFED || code == TEM || code == SOI || (code >= RST0 && code <= RST7);
  }

  private static boolean isFrame(int code) {
    return code >= SOF0 && code <= SOF15 && code != DHT && code != JPG && code != DAC;
  }
}
