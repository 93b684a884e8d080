package dev.tidepool.model;

import dev.tidepool.hash.Blake3;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.model.FoundFile.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * A folder with a {@code model_index.json}: one model of the diffusers library. What counts of it
 * is that file and the files with a model's extension, at any depth. Its quick key is the first 16
 * hex digits of BLAKE3 over one line for each of them, in the order of their names: name, tab, size
 * in decimal digits, tab, quick key of the file, line feed. Its full BLAKE3 is made alike, of their
 * full BLAKE3s.
 */
final class DiffusersFolder {
  private static final int QUICK_DIGITS = 16;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private DiffusersFolder() {}

  /** The sum of the sizes, the last change, and, for the inode, a mixture of all stamps. */
  static Stamp stamp(List<Part> parts) {
    long size = 0;
    long modified = 0;
    long mixture = parts.size();
    for (Part part : parts) {
      Stamp stamp = part.stamp();
      size += stamp.size();
      modified = Math.max(modified, stamp.modified());
      mixture = mixture * MIX + part.name().hashCode();
      mixture = mixture * MIX + stamp.size();
      mixture = mixture * MIX + stamp.modified();
      mixture = mixture * MIX + stamp.inode();
    }
    return new Stamp(size, modified, mixture);
  }

  static String quick(List<Part> parts, FileHasher hasher, LongConsumer bytesRead)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Part part : parts) {
      line(lines, part, hasher.quick(part.path()));
      bytesRead.accept(Math.min(part.stamp().size(), 3L * 15 * 1024 * 1024));
    }
    return digest(lines).substring(0, QUICK_DIGITS);
  }

  static String blake3(List<Part> parts, FileHasher hasher, LongConsumer bytesRead)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Part part : parts) {
      line(lines, part, hasher.blake3(part.path(), bytesRead));
    }
    return digest(lines);
  }

  private static void line(StringBuilder lines, Part part, String key) {
    lines.append(String.format(Locale.ROOT, "%s\t%d\t%s\n", part.name(), part.stamp().size(), key));
  }

  private static String digest(StringBuilder lines) {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    Blake3 hash = new Blake3();
    hash.update(bytes, 0, bytes.length);
    return HexFormat.of().formatHex(hash.digest());
  }
}
