package dev.tidepool.harness.golden;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of a file what says something about its content and is not part of it. ComfyUI writes
 * the whole workflow there, which would make each edit of the workflow a difference.
 */
final class Metadata {
  /** Chunks of RIFF files, by form. In other forms a LIST may be the content itself, as in AVI. */
  private static final Map<String, Set<String>> RIFF_ASIDE =
      Map.of("WEBP", Set.of("EXIF", "XMP "), "WAVE", Set.of("LIST", "id3 ", "bext"));

  private static final int FLAC_STREAM_INFO = 0;

  private Metadata() {}

  /** The file without it; unchanged when its format knows none, or when it is damaged. */
  static byte[] strip(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 8), StandardCharsets.ISO_8859_1);
    if (start.equals(PngChunks.SIGNATURE)) {
      return PngChunks.withoutMetadata(bytes);
    }
    if (start.startsWith("RIFF") && bytes.length >= 24) {
      return riff(bytes);
    }
    if (start.startsWith("fLaC")) {
      return flac(bytes);
    }
    return Tensors.parse(bytes).map(Tensors::withoutMetadata).orElse(bytes);
  }

  /** RIFF: four letters, the size, then chunks, padded to even lengths. */
  private static byte[] riff(byte[] bytes) {
    Set<String> aside = RIFF_ASIDE.get(new String(bytes, 8, 4, StandardCharsets.ISO_8859_1));
    if (aside == null) {
      return bytes;
    }
    ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    kept.write(bytes, 0, 12);
    int position = 12;
    while (position < bytes.length) {
      if (bytes.length - position < 8) {
        return bytes;
      }
      long length = Integer.toUnsignedLong(source.getInt(position + 4));
      long padded = 8 + length + length % 2;
      if (padded > bytes.length - position) {
        return bytes;
      }
      String type = new String(bytes, position, 4, StandardCharsets.ISO_8859_1);
      if (!aside.contains(type)) {
        kept.write(bytes, position, (int) padded);
      }
      position += (int) padded;
    }
    byte[] result = kept.toByteArray();
    ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putInt(4, result.length - 8);
    boolean webp = new String(bytes, 8, 8, StandardCharsets.ISO_8859_1).equals("WEBPVP8X");
    if (webp && result.length > 20) {
      // The flags that announce EXIF and XMP.
      result[20] &= (byte) ~0x0c;
    }
    return result;
  }

  /** FLAC (RFC 9639): four letters, metadata blocks of which the first is needed, frames. */
  private static byte[] flac(byte[] bytes) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    kept.write(bytes, 0, 4);
    int position = 4;
    boolean last = false;
    while (!last) {
      if (bytes.length - position < 4) {
        return bytes;
      }
      int head = bytes[position];
      last = (head & 0x80) != 0;
      int length = ByteBuffer.wrap(bytes).getInt(position) & 0xffffff;
      if (length > bytes.length - position - 4) {
        return bytes;
      }
      if (position == 4) {
        if ((head & 0x7f) != FLAC_STREAM_INFO) {
          return bytes;
        }
        kept.write(head | 0x80);
        kept.write(bytes, position + 1, length + 3);
      }
      position += length + 4;
    }
    kept.write(bytes, position, bytes.length - position);
    return kept.toByteArray();
  }
}
