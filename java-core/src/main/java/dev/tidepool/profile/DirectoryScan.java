package dev.tidepool.profile;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Walks a zip archive's central directory (APPNOTE 4.3.12) in constant memory, before a reader
 * makes room for it: the declared numbers have to be those of what is there.
 */
final class DirectoryScan {
  private static final int SIGNATURE = 0x02014b50;
  private static final int HEADER = 46;
  private static final int WINDOW = 1 << 16;
  private static final long SPARE = 1L << 20;
  private static final long SPARE_PER_ENTRY = 64;
  private static final long LONGEST_NAMES = 32L << 20;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final FileChannel file;
  private final EndRecord end;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  private DirectoryScan(FileChannel file, EndRecord end) {
    this.file = file;
    this.end = end;
  }

  /**
   * Checks what can be told without unpacking anything.
   *
   * @throws TidepoolException {@code archive-corrupt}, {@code archive-split}, {@code
   *     archive-too-many-entries}, {@code archive-directory-too-large} or {@code
   *     archive-method-unsupported}
   */
  static void check(Path archive, FileChannel file) throws IOException {
    EndRecord end =
        EndRecord.of(file)
            .orElseThrow(
                () -> corrupt(archive.getFileName() + " is no zip archive, or its end is missing"));
    if (end.split()) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "archive-split",
          "The archive is one part of several.",
          "Join the parts into one archive, then try again.");
    }
    ArchiveRules.requireFewEnough(end.entries());
    new DirectoryScan(file, end).walk();
  }

  private void walk() throws IOException {
    if (end.offset() < 0 || end.size() < 0 || end.size() > file.size() - end.offset()) {
      throw corrupt("its directory is cut off");
    }
    long names = 0;
    long spare = 0;
    long at = 0;
    for (long i = 0; i < end.entries(); i++) {
      if (end.size() - at < HEADER) {
        throw corrupt("its directory is shorter than declared");
      }
      int header = header(at);
      if (window.getInt(header) != SIGNATURE) {
        throw corrupt("its directory is broken");
      }
      requireKnownMethod(window.getShort(header + 8), window.getShort(header + 10));
      int name = Short.toUnsignedInt(window.getShort(header + 28));
      int more =
          Short.toUnsignedInt(window.getShort(header + 30))
              + Short.toUnsignedInt(window.getShort(header + 32));
      names += name;
      spare += more;
      at += HEADER + name + more;
      if (names > LONGEST_NAMES || spare > SPARE + SPARE_PER_ENTRY * end.entries()) {
        throw new TidepoolException(
            ErrorKind.TOO_LARGE,
            "archive-directory-too-large",
            "The archive's list of entries holds more than names.",
            "Pack the files again without comments and extra fields.");
      }
    }
    if (at != end.size()) {
      throw corrupt("its directory is not as long as declared");
    }
  }

  /** Makes sure that the header at this place of the directory is in the window. */
  private int header(long at) throws IOException {
    if (at < windowStart || at + HEADER > windowStart + window.capacity()) {
      int length = (int) Math.min(WINDOW, end.size() - at);
      window = EndRecord.read(file, end.offset() + at, length);
      windowStart = at;
    }
    return (int) (at - windowStart);
  }

  private static void requireKnownMethod(int flags, int method) {
    if ((flags & ENCRYPTED) == 0 && method != STORED && method != DEFLATED) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "archive-method-unsupported",
          "The archive is packed in a way that is not understood (method "
              + Short.toUnsignedInt((short) method)
              + ").",
          "Pack the files again as a plain zip archive.");
    }
  }

  private static TidepoolException corrupt(String why) {
    return ArchiveRules.malformed("archive-corrupt", "The archive is damaged: " + why + ".");
  }
}
