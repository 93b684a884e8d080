package dev.tidepool.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * What the end of a zip archive declares (APPNOTE 4.3.14 and 4.3.16).
 *
 * @param entries how many entries there are; never negative
 * @param offset where the central directory begins
 * @param size how many bytes long the central directory is
 * @param split whether this is one part of several
 */
record EndRecord(long entries, long offset, long size, boolean split) {
  private static final int SIGNATURE = 0x06054b50;
  private static final int SIGNATURE_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int BYTES = 22;
  private static final int BYTES_64 = 56;
  private static final int LOCATOR_BYTES = 20;
  private static final int LONGEST_COMMENT = 0xFFFF;

  /** The record of a file, or nothing when the file ends in no such record. */
  static Optional<EndRecord> of(FileChannel file) throws IOException {
    long size = file.size();
    int length = (int) Math.min(size, BYTES + LONGEST_COMMENT + LOCATOR_BYTES);
    ByteBuffer tail = read(file, size - length, length);
    for (int i = length - BYTES; i >= 0; i--) {
      if (tail.getInt(i) == SIGNATURE) {
        boolean large = i >= LOCATOR_BYTES && tail.getInt(i - LOCATOR_BYTES) == LOCATOR_64;
        return large
            ? large(file, tail.getLong(i - LOCATOR_BYTES + 8))
            : Optional.of(
                new EndRecord(
                    Short.toUnsignedInt(tail.getShort(i + 10)),
                    Integer.toUnsignedLong(tail.getInt(i + 16)),
                    Integer.toUnsignedLong(tail.getInt(i + 12)),
                    tail.getShort(i + 4) != 0));
      }
    }
    return Optional.empty();
  }

  private static Optional<EndRecord> large(FileChannel file, long offset) throws IOException {
    if (offset < 0 || offset > file.size() - BYTES_64) {
      return Optional.empty();
    }
    ByteBuffer record = read(file, offset, BYTES_64);
    if (record.getInt(0) != SIGNATURE_64) {
      return Optional.empty();
    }
    long entries = record.getLong(32);
    return Optional.of(
        new EndRecord(
            entries < 0 ? Long.MAX_VALUE : entries,
            record.getLong(48),
            record.getLong(40),
            record.getInt(16) != 0));
  }

  /** Reads this many bytes, or fewer at the file's end; the rest of the buffer is zero. */
  static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
      // Each read moves the buffer's position on.
    }
    return buffer.clear();
  }
}
