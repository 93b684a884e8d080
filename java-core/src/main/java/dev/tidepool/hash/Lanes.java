package dev.tidepool.hash;

import static java.lang.Integer.rotateRight;

import java.util.Arrays;

/**
 * BLAKE3's compression function for up to {@value #LANES} blocks side by side, in plain Java that
 * the JVM's optimising compiler (C2) turns into vector instructions.
 *
 * <p>That compiler is particular: it does so for a short loop of no branches and no calls that
 * reads and writes its arrays where its own counter is. So each word of the state and of the blocks
 * is an array with a lane for each block, and one loop does one quarter round. That columns differ
 * from diagonals, and that each round takes the block's words in another order, is only a matter of
 * which arrays the loop gets. Before it is compiled this is far slower than {@link Compression}.
 * Not thread-safe.
 */
final class Lanes {
  /** Fewer make the ends of the loops weigh more: only their middle is done by vectors. */
  static final int LANES = 1024;

  /**
   * With as much behind the lanes, and what Java puts before them, arrays are whole cache lines,
   * and those that a loop works on mostly lie some lines apart modulo 4 KiB: processors that tell
   * addresses apart by these bits at first would have reads wait for writes of other arrays.
   */
  private static final int ROOM = LANES + 140;

  private static final int VALUE_WORDS = 8;
  private static final int STATE_WORDS = 16;
  private static final int BLOCK_WORDS = 16;
  private static final int CHUNK_WORDS = 256;
  private static final int CHUNK_BLOCKS = 16;
  private static final int LAST_ROUND = 6;

  /** Which word of the block comes where in the next round. */
  private static final int[] NEXT = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

  private final int[][] state = new int[STATE_WORDS][ROOM];
  private final int[][][] blocks = new int[CHUNK_BLOCKS][BLOCK_WORDS][ROOM];
  private final int[][] constants = new int[4][ROOM];
  private final int[] low = new int[ROOM];
  private final int[] high = new int[ROOM];
  private final int[] length = new int[ROOM];
  private final int[] flags = new int[ROOM];
  private final int[] start = Compression.start();

  Lanes() {
    for (int word = 0; word < constants.length; word++) {
      Arrays.fill(constants[word], start[word]);
    }
    Arrays.fill(length, Compression.BLOCK);
  }

  /**
   * Puts whole chunks into lanes.
   *
   * @param words the chunks' little-endian words, one chunk behind the other
   * @param lane the first chunk's
   */
  void load(int[] words, int lane, int count) {
    for (int block = 0; block < CHUNK_BLOCKS; block++) {
      load(blocks[block], words, block * BLOCK_WORDS, CHUNK_WORDS, lane, count);
    }
  }

  /**
   * Hashes the chunks in the first lanes.
   *
   * @param counter the number of the first chunk
   * @param values takes the chaining values, eight words each, from {@code target} on
   */
  void chunks(long counter, int count, int[] values, int target) {
    begin(count);
    for (int lane = 0; lane < count; lane++) {
      low[lane] = (int) (counter + lane);
      high[lane] = (int) ((counter + lane) >>> 32);
    }
    for (int block = 0; block < CHUNK_BLOCKS; block++) {
      int first = block == 0 ? Compression.CHUNK_START : 0;
      int last = block == CHUNK_BLOCKS - 1 ? Compression.CHUNK_END : 0;
      Arrays.fill(flags, 0, count, first | last);
      compress(blocks[block], count);
    }
    store(values, target, count);
  }

  /**
   * Joins neighbours.
   *
   * @param values pairs of chaining values. Takes the values of the {@code count} parents, from the
   *     front on
   */
  void parents(int[] values, int count) {
    begin(count);
    Arrays.fill(low, 0, count, 0);
    Arrays.fill(high, 0, count, 0);
    Arrays.fill(flags, 0, count, Compression.PARENT);
    load(blocks[0], values, 0, BLOCK_WORDS, 0, count);
    compress(blocks[0], count);
    store(values, 0, count);
  }

  private void begin(int count) {
    for (int word = 0; word < VALUE_WORDS; word++) {
      Arrays.fill(state[word], 0, count, start[word]);
    }
  }

  private void compress(int[][] block, int count) {
    int[][] s = state;
    int[][] m = block;
    quarter(s[0], s[4], s[8], s[12], constants[0], low, m[0], m[1], count);
    quarter(s[1], s[5], s[9], s[13], constants[1], high, m[2], m[3], count);
    quarter(s[2], s[6], s[10], s[14], constants[2], length, m[4], m[5], count);
    quarter(s[3], s[7], s[11], s[15], constants[3], flags, m[6], m[7], count);
    diagonals(s, m, count);
    for (int round = 1; round <= LAST_ROUND; round++) {
      m = next(m);
      columns(s, m, count);
      diagonals(s, m, count);
    }
    for (int word = 0; word < VALUE_WORDS; word++) {
      join(s[word], s[VALUE_WORDS + word], count);
    }
  }

  private static int[][] next(int[][] block) {
    int[][] next = new int[BLOCK_WORDS][];
    for (int word = 0; word < BLOCK_WORDS; word++) {
      next[word] = block[NEXT[word]];
    }
    return next;
  }

  private static void columns(int[][] s, int[][] m, int count) {
    quarter(s[0], s[4], s[8], s[12], s[8], s[12], m[0], m[1], count);
    quarter(s[1], s[5], s[9], s[13], s[9], s[13], m[2], m[3], count);
    quarter(s[2], s[6], s[10], s[14], s[10], s[14], m[4], m[5], count);
    quarter(s[3], s[7], s[11], s[15], s[11], s[15], m[6], m[7], count);
  }

  private static void diagonals(int[][] s, int[][] m, int count) {
    quarter(s[0], s[5], s[10], s[15], s[10], s[15], m[8], m[9], count);
    quarter(s[1], s[6], s[11], s[12], s[11], s[12], m[10], m[11], count);
    quarter(s[2], s[7], s[8], s[13], s[8], s[13], m[12], m[13], count);
    quarter(s[3], s[4], s[9], s[14], s[9], s[14], m[14], m[15], count);
  }

  /**
   * A quarter round.
   *
   * @param c takes what becomes of {@code c0}, which is the same but in a block's first columns
   * @param d takes what becomes of {@code d0}, likewise
   */
  private static void quarter(
      int[] a, int[] b, int[] c, int[] d, int[] c0, int[] d0, int[] x, int[] y, int count) {
    for (int i = 0; i < count; i++) {
      int p = a[i] + b[i] + x[i];
      int s = rotateRight(d0[i] ^ p, 16);
      int r = c0[i] + s;
      int q = rotateRight(b[i] ^ r, 12);
      p += q + y[i];
      s = rotateRight(s ^ p, 8);
      r += s;
      a[i] = p;
      b[i] = rotateRight(q ^ r, 7);
      c[i] = r;
      d[i] = s;
    }
  }

  private static void join(int[] value, int[] other, int count) {
    for (int i = 0; i < count; i++) {
      value[i] ^= other[i];
    }
  }

  private static void load(int[][] block, int[] words, int at, int stride, int lane, int count) {
    for (int word = 0; word < BLOCK_WORDS; word += 4) {
      int[] m0 = block[word];
      int[] m1 = block[word + 1];
      int[] m2 = block[word + 2];
      int[] m3 = block[word + 3];
      load(m0, m1, m2, m3, words, at + word, stride, lane, count);
    }
  }

  private static void load(
      int[] m0,
      int[] m1,
      int[] m2,
      int[] m3,
      int[] words,
      int at,
      int stride,
      int lane,
      int count) {
    int from = at;
    for (int i = lane; i < lane + count; i++, from += stride) {
      m0[i] = words[from];
      m1[i] = words[from + 1];
      m2[i] = words[from + 2];
      m3[i] = words[from + 3];
    }
  }

  private void store(int[] values, int target, int count) {
    for (int word = 0; word < VALUE_WORDS; word++) {
      int[] value = state[word];
      int at = target + word;
      for (int lane = 0; lane < count; lane++, at += VALUE_WORDS) {
        values[at] = value[lane];
      }
    }
  }
}
