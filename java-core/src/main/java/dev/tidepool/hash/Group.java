package dev.tidepool.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Chunks of input that are hashed together, up to {@value #CHUNKS}, and the parents above them.
 * Holds the memory for that and nothing of the input. Not thread-safe.
 */
final class Group {
  /** How many chunks a full group has; a power of two. */
  static final int CHUNKS = 128;

  /** The bytes of a chunk. */
  static final int CHUNK = 1024;

  /** The bytes of a full group. */
  static final int BYTES = CHUNKS * CHUNK;

  private static final int CHUNK_WORDS = CHUNK / Integer.BYTES;
  private static final int BLOCK_WORDS = Compression.BLOCK / Integer.BYTES;
  private static final int VALUE_WORDS = 8;

  private final int[] words = new int[BYTES / Integer.BYTES];
  private final int[] values = new int[CHUNKS * VALUE_WORDS];
  private final byte[] last = new byte[Compression.BLOCK];

  /**
   * Hashes input whose end is not the end of the message, or that has a message before it.
   *
   * @param bytes 1 to {@value #BYTES} bytes, all that remains in the buffer, which is used up
   * @param counter the number of its first chunk
   * @return its one chaining value, eight words
   */
  int[] value(ByteBuffer bytes, long counter) {
    int count = chunks(bytes, counter, 0);
    reduce(count, 1);
    return first();
  }

  /** Hashes a message of at most {@value #BYTES} bytes, perhaps none: eight words. */
  int[] root(ByteBuffer bytes) {
    int count = chunks(bytes, 0, bytes.remaining() > CHUNK ? 0 : Compression.ROOT);
    if (count > 1) {
      reduce(count, 2);
      parent(0, 0, Compression.ROOT);
    }
    return first();
  }

  private int[] first() {
    int[] value = new int[VALUE_WORDS];
    System.arraycopy(values, 0, value, 0, VALUE_WORDS);
    return value;
  }

  private int chunks(ByteBuffer bytes, long counter, int flags) {
    int length = bytes.remaining();
    load(bytes);
    int count = Math.max(1, (length + CHUNK - 1) / CHUNK);
    for (int i = 0; i < count; i++) {
      int[] value = chunk(i, counter + i, Math.min(CHUNK, length - i * CHUNK), flags);
      System.arraycopy(value, 0, values, i * VALUE_WORDS, VALUE_WORDS);
    }
    return count;
  }

  /** Takes the bytes as little-endian words; the last block is filled up with zeros. */
  private void load(ByteBuffer bytes) {
    int whole = bytes.remaining() / Compression.BLOCK * Compression.BLOCK;
    int wholeWords = whole / Integer.BYTES;
    bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words, 0, wholeWords);
    bytes.position(bytes.position() + whole);
    int rest = bytes.remaining();
    if (rest > 0 || whole == 0) {
      bytes.get(last, 0, rest);
      Arrays.fill(last, rest, last.length, (byte) 0);
      ByteBuffer.wrap(last)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asIntBuffer()
          .get(words, wholeWords, BLOCK_WORDS);
    }
  }

  private int[] chunk(int index, long counter, int length, int flags) {
    int[] value = Compression.start();
    int at = index * CHUNK_WORDS;
    int start = Compression.CHUNK_START;
    int left = length;
    while (left > Compression.BLOCK) {
      Compression.compress(value, words, at, counter, Compression.BLOCK, start);
      at += BLOCK_WORDS;
      left -= Compression.BLOCK;
      start = 0;
    }
    Compression.compress(value, words, at, counter, left, start | Compression.CHUNK_END | flags);
    return value;
  }

  /** Joins neighbours, level by level, until no more than {@code goal} values are left. */
  private void reduce(int count, int goal) {
    int left = count;
    while (left > goal) {
      for (int i = 0; i < left / 2; i++) {
        parent(2 * i, i, 0);
      }
      if (left % 2 == 1) {
        System.arraycopy(
            values, (left - 1) * VALUE_WORDS, values, left / 2 * VALUE_WORDS, VALUE_WORDS);
      }
      left = (left + 1) / 2;
    }
  }

  private void parent(int left, int target, int flags) {
    int[] value = Compression.start();
    Compression.compress(
        value, values, left * VALUE_WORDS, 0, Compression.BLOCK, Compression.PARENT | flags);
    System.arraycopy(value, 0, values, target * VALUE_WORDS, VALUE_WORDS);
  }
}
