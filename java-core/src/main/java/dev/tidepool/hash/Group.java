package dev.tidepool.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of input that are hashed together, up to {@value #CHUNKS}, and the parents above them.
 * Holds some 200 KiB for that, 1.5 MiB once lanes are in use. Not thread-safe.
 *
 * <p>In a fresh JVM {@link Compression} is fast after a few megabytes, {@link Lanes} only after
 * some hundred: so lanes are tried now and then, and take over once they are the faster ones.
 */
final class Group {
  /** How many chunks a full group has; a power of two. */
  static final int CHUNKS = Lanes.LANES;

  /** The bytes of a chunk. */
  static final int CHUNK = 1024;

  /** The bytes of a full group. */
  static final int BYTES = CHUNKS * CHUNK;

  /** The most bytes that are taken at a time: so few that they stay in a fast cache. */
  static final int BATCH = 128 * CHUNK;

  private static final int CHUNK_WORDS = CHUNK / Integer.BYTES;
  private static final int BLOCK_WORDS = Compression.BLOCK / Integer.BYTES;
  private static final int VALUE_WORDS = 8;

  /** From here on, lanes pay although the ends of their loops are done without vectors. */
  private static final int WORTH_LANES = 48;

  private final int[] words = new int[BATCH / Integer.BYTES];
  private final int[] values = new int[CHUNKS * VALUE_WORDS];
  private final byte[] last = new byte[Compression.BLOCK];
  private final int[] start = Compression.start();
  private final int[] value = new int[VALUE_WORDS];
  private final Contest contest;
  private @Nullable Lanes lanes;

  /** How many chunks are in lanes and not hashed yet, and where the first one belongs. */
  private int held;

  private long heldCounter;
  private int heldTarget;

  Group(Contest contest) {
    this.contest = contest;
  }

  /**
   * Hashes input whose end is not the end of the message, or that has a message before it.
   *
   * @param bytes 1 to {@value #BYTES} bytes, all that remains in the buffer, which is used up
   * @param counter the number of its first chunk
   * @return its one chaining value, eight words
   */
  int[] value(ByteBuffer bytes, long counter) {
    return value(chunks(bytes, counter, 0));
  }

  /** The same for the {@code count} chunks that were taken by {@link #take}. */
  int[] value(int count) {
    release();
    reduce(count, 1);
    return Arrays.copyOf(values, VALUE_WORDS);
  }

  /** Hashes a message of at most {@value #BYTES} bytes, perhaps none: eight words. */
  int[] root(ByteBuffer bytes) {
    return root(chunks(bytes, 0, rootFlag(bytes.remaining())));
  }

  /** The same for the {@code count} chunks that were taken by {@link #take}. */
  int[] root(int count) {
    release();
    if (count > 1) {
      reduce(count, 2);
      parent(0, Compression.ROOT);
    }
    return Arrays.copyOf(values, VALUE_WORDS);
  }

  /** What marks the chunks of a message of this length. */
  static int rootFlag(long length) {
    return length > CHUNK ? 0 : Compression.ROOT;
  }

  private int chunks(ByteBuffer bytes, long counter, int flags) {
    int done = 0;
    do {
      done += take(bytes, counter, done, flags);
    } while (bytes.hasRemaining());
    return done;
  }

  /**
   * Takes the next chunks of a group, which are hashed by {@link #value(int)} or {@link #root(int)}
   * at the latest. What came before is forgotten when these are the first.
   *
   * @param bytes of which at most {@value #BATCH} are used up; none only when the message is empty
   * @param counter the number of the group's first chunk
   * @param done how many of its chunks came before
   * @param flags those of every chunk, see {@link #rootFlag}
   * @return how many chunks it were
   */
  int take(ByteBuffer bytes, long counter, int done, int flags) {
    if (done == 0) {
      held = 0;
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.min(bytes.remaining(), BATCH);
    load(bytes, length);
    int full = length / CHUNK;
    if (contest.won() && (held > 0 || full >= WORTH_LANES)) {
      hold(full, counter, done);
    } else if (length == BATCH) {
      compete(counter, done);
    } else {
      singly(full, counter, done, flags);
    }
    int rest = length - full * CHUNK;
    if (rest == 0 && length > 0) {
      return full;
    }
    chunk(full, counter, done + full, rest, flags);
    return full + 1;
  }

  /** Takes bytes as little-endian words; the last block is filled up with zeros. */
  private void load(ByteBuffer bytes, int length) {
    int rest = length % Compression.BLOCK;
    int whole = (length - rest) / Integer.BYTES;
    bytes.asIntBuffer().get(words, 0, whole);
    bytes.position(bytes.position() + length - rest);
    if (rest > 0 || length == 0) {
      bytes.get(last, 0, rest);
      Arrays.fill(last, rest, last.length, (byte) 0);
      ByteBuffer.wrap(last)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asIntBuffer()
          .get(words, whole, BLOCK_WORDS);
    }
  }

  /** Puts chunks into lanes that are free still; all of them are hashed together in the end. */
  private void hold(int count, long counter, int done) {
    if (held == 0) {
      heldCounter = counter + done;
      heldTarget = done * VALUE_WORDS;
    }
    lanes().load(words, held, count);
    held += count;
  }

  private void release() {
    if (held > 0) {
      lanes().chunks(heldCounter, held, values, heldTarget);
      held = 0;
    }
  }

  private void compete(long counter, int done) {
    int count = BATCH / CHUNK;
    if (contest.begin()) {
      hold(count, counter, done);
      release();
    } else {
      singly(count, counter, done, 0);
    }
    contest.end();
  }

  private Lanes lanes() {
    Lanes made = lanes;
    if (made == null) {
      made = new Lanes();
      lanes = made;
    }
    return made;
  }

  private void singly(int count, long counter, int done, int flags) {
    for (int i = 0; i < count; i++) {
      chunk(i, counter, done + i, CHUNK, flags);
    }
  }

  /**
   * Hashes one chunk.
   *
   * @param index how many chunks come before its words
   * @param done how many of the group come before it
   */
  private void chunk(int index, long counter, int done, int length, int flags) {
    System.arraycopy(start, 0, value, 0, VALUE_WORDS);
    long number = counter + done;
    int at = index * CHUNK_WORDS;
    int edge = Compression.CHUNK_START;
    int left = length;
    while (left > Compression.BLOCK) {
      Compression.compress(value, words, at, number, Compression.BLOCK, edge);
      at += BLOCK_WORDS;
      left -= Compression.BLOCK;
      edge = 0;
    }
    Compression.compress(value, words, at, number, left, edge | Compression.CHUNK_END | flags);
    System.arraycopy(value, 0, values, done * VALUE_WORDS, VALUE_WORDS);
  }

  /** Joins neighbours, level by level, until no more than {@code goal} values are left. */
  private void reduce(int count, int goal) {
    int left = count;
    while (left > goal) {
      int pairs = left / 2;
      if (pairs >= WORTH_LANES && contest.won()) {
        lanes().parents(values, pairs);
      } else {
        for (int pair = 0; pair < pairs; pair++) {
          parent(pair, 0);
        }
      }
      if (left % 2 == 1) {
        System.arraycopy(
            values, (left - 1) * VALUE_WORDS, values, pairs * VALUE_WORDS, VALUE_WORDS);
      }
      left = pairs + left % 2;
    }
  }

  private void parent(int target, int flags) {
    System.arraycopy(start, 0, value, 0, VALUE_WORDS);
    Compression.compress(
        value, values, 2 * target * VALUE_WORDS, 0, Compression.BLOCK, Compression.PARENT | flags);
    System.arraycopy(value, 0, values, target * VALUE_WORDS, VALUE_WORDS);
  }
}
