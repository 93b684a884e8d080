package dev.tidepool.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/**
 * Tells how many entries a zip archive declares (APPNOTE 4.3.14 and 4.3.16), before a reader makes
 * room for them.
 */
final class EndRecord {
  private static final int SIGNATURE = 0x06054b50;
  private static final int SIGNATURE_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;

  private EndRecord() {}

  /** The number of entries, or nothing when the file ends in no such record. */
  static OptionalLong entries(FileChannel file) throws IOException {
    long size = file.size();
    int length = (int) Math.min(size, BYTES + LONGEST_COMMENT + 20);
    ByteBuffer tail = read(file, size - length, length);
    for (int i = length - BYTES; i >= 0; i--) {
      if (tail.getInt(i) == SIGNATURE) {
        int declared = Short.toUnsignedInt(tail.getShort(i + 10));
        boolean large = i >= 20 && tail.getInt(i - 20) == LOCATOR_64;
        return large ? large(file, tail.getLong(i - 20 + 8)) : OptionalLong.of(declared);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong large(FileChannel file, long offset) throws IOException {
    if (offset < 0 || offset > file.size() - 56) {
      return OptionalLong.empty();
    }
    ByteBuffer record = read(file, offset, 56);
    if (record.getInt(0) != SIGNATURE_64) {
      return OptionalLong.empty();
    }
    long entries = record.getLong(32);
    return OptionalLong.of(entries < 0 ? Long.MAX_VALUE : entries);
  }

  private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
      // Each read moves the buffer's position on.
    }
    return buffer.clear();
  }
}
