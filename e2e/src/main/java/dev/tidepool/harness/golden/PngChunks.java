package dev.tidepool.harness.golden;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/** The chunks of a PNG file (W3C, Portable Network Graphics, third edition, section 5). */
final class PngChunks {
  static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  /** Chunks that say something about the picture and do not change it. */
  private static final Set<String> ASIDE = Set.of("tEXt", "zTXt", "iTXt", "eXIf", "tIME");

  private PngChunks() {}

  /** Whether the file is an animation (chunk {@code acTL}). */
  static boolean moves(byte[] png) {
    boolean[] found = new boolean[1];
    walk(png, (type, start) -> found[0] |= type.equals("acTL"));
    return found[0];
  }

  /** The file without its metadata; unchanged when it is damaged. */
  static byte[] withoutMetadata(byte[] png) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(png.length);
    kept.write(png, 0, SIGNATURE.length());
    boolean whole =
        walk(
            png,
            (type, start) -> {
              if (!ASIDE.contains(type)) {
                kept.write(png, start, lengthAt(png, start) + 12);
              }
            });
    return whole ? kept.toByteArray() : png;
  }

  /** Visits each chunk by type and start, and says whether the file is whole. */
  private static boolean walk(byte[] png, ObjIntConsumer<String> visitor) {
    int position = SIGNATURE.length();
    while (position + 12 <= png.length) {
      int length = lengthAt(png, position);
      if (length < 0 || length > png.length - position - 12) {
        return false;
      }
      String type = new String(png, position + 4, 4, StandardCharsets.ISO_8859_1);
      visitor.accept(type, position);
      position += length + 12;
      if (type.equals("IEND")) {
        return true;
      }
    }
    return false;
  }

  private static int lengthAt(byte[] png, int position) {
    return ByteBuffer.wrap(png).getInt(position);
  }
}
