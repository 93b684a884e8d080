package dev.tidepool.hash;

import static java.lang.Integer.rotateRight;

import java.util.Arrays;

/**
 * BLAKE3's compression function for {@value #LANES} blocks side by side, in plain Java that the
 * JVM's optimising compiler (C2) turns into vector instructions.
 *
 * <p>That compiler is particular: it does so for one array, constant distances and a constant
 * number of turns, with a loop body of no branches and no calls. So all state lies in one array, a
 * row of lanes for each of the sixteen words of the state and then of the sixteen words of the
 * block, and every turn does a whole round and leaves the block's words permuted for the next one.
 * Before it is compiled this is far slower than {@link Compression}. Not thread-safe.
 */
final class Lanes {
  /** Fewer make the ends of the loops weigh more; more do not fit the fastest cache. */
  static final int LANES = 256;

  private static final int VALUE_WORDS = 8;
  private static final int BLOCK_WORDS = 16;
  private static final int CHUNK_WORDS = 256;
  private static final int CHUNK_BLOCKS = 16;
  private static final int ROUNDS = 7;

  private final int[] state = new int[32 * LANES];
  private final int[] start = Compression.start();

  /**
   * Hashes whole chunks.
   *
   * @param words the chunks' little-endian words, one chunk behind the other. Always {@value
   *     #LANES} chunks are read, whatever they hold behind {@code count}
   * @param counter the number of the first chunk
   * @param count how many chunks count
   * @param values takes the chaining values, eight words each, from {@code target} on
   */
  void chunks(int[] words, long counter, int count, int[] values, int target) {
    begin();
    for (int block = 0; block < CHUNK_BLOCKS; block++) {
      int first = block == 0 ? Compression.CHUNK_START : 0;
      int last = block == CHUNK_BLOCKS - 1 ? Compression.CHUNK_END : 0;
      number(counter);
      compress(words, block * BLOCK_WORDS, CHUNK_WORDS, first | last);
    }
    store(values, target, count);
  }

  /**
   * Joins neighbours.
   *
   * @param values pairs of chaining values from twice {@code target} on; always {@value #LANES}
   *     pairs are read. Takes the values of the {@code count} parents, from {@code target} on
   */
  void parents(int[] values, int target, int count) {
    begin();
    Arrays.fill(state, 12 * LANES, 14 * LANES, 0);
    compress(values, 2 * target, BLOCK_WORDS, Compression.PARENT);
    store(values, target, count);
  }

  private void begin() {
    for (int word = 0; word < VALUE_WORDS; word++) {
      Arrays.fill(state, word * LANES, (word + 1) * LANES, start[word]);
    }
  }

  private void number(long counter) {
    for (int lane = 0; lane < LANES; lane++) {
      state[lane + 12 * LANES] = (int) (counter + lane);
      state[lane + 13 * LANES] = (int) ((counter + lane) >>> 32);
    }
  }

  private void compress(int[] words, int at, int stride, int flags) {
    load(state, words, at, stride);
    for (int word = 0; word < 4; word++) {
      Arrays.fill(state, (8 + word) * LANES, (9 + word) * LANES, start[word]);
    }
    Arrays.fill(state, 14 * LANES, 15 * LANES, Compression.BLOCK);
    Arrays.fill(state, 15 * LANES, 16 * LANES, flags);
    for (int round = 0; round < ROUNDS; round++) {
      round(state);
    }
    finish(state);
  }

  private void store(int[] values, int target, int count) {
    for (int lane = 0; lane < count; lane++) {
      for (int word = 0; word < VALUE_WORDS; word++) {
        values[target + lane * VALUE_WORDS + word] = state[lane + word * LANES];
      }
    }
  }

  private static void finish(int[] s) {
    for (int i = 0; i < VALUE_WORDS * LANES; i++) {
      s[i] ^= s[i + VALUE_WORDS * LANES];
    }
  }

  private static void load(int[] s, int[] words, int at, int stride) {
    int from = at;
    for (int lane = 0; lane < LANES; lane++, from += stride) {
      s[lane + 16 * LANES] = words[from];
      s[lane + 17 * LANES] = words[from + 1];
      s[lane + 18 * LANES] = words[from + 2];
      s[lane + 19 * LANES] = words[from + 3];
      s[lane + 20 * LANES] = words[from + 4];
      s[lane + 21 * LANES] = words[from + 5];
      s[lane + 22 * LANES] = words[from + 6];
      s[lane + 23 * LANES] = words[from + 7];
      s[lane + 24 * LANES] = words[from + 8];
      s[lane + 25 * LANES] = words[from + 9];
      s[lane + 26 * LANES] = words[from + 10];
      s[lane + 27 * LANES] = words[from + 11];
      s[lane + 28 * LANES] = words[from + 12];
      s[lane + 29 * LANES] = words[from + 13];
      s[lane + 30 * LANES] = words[from + 14];
      s[lane + 31 * LANES] = words[from + 15];
    }
  }

  private static void round(int[] s) {
    for (int i = 0; i < LANES; i++) {
      int m0 = s[i + 16 * LANES];
      int m1 = s[i + 17 * LANES];
      int m2 = s[i + 18 * LANES];
      int m3 = s[i + 19 * LANES];
      int m4 = s[i + 20 * LANES];
      int m5 = s[i + 21 * LANES];
      int m6 = s[i + 22 * LANES];
      int m7 = s[i + 23 * LANES];
      int m8 = s[i + 24 * LANES];
      int m9 = s[i + 25 * LANES];
      int m10 = s[i + 26 * LANES];
      int m11 = s[i + 27 * LANES];
      int m12 = s[i + 28 * LANES];
      int m13 = s[i + 29 * LANES];
      int m14 = s[i + 30 * LANES];
      int m15 = s[i + 31 * LANES];
      int v0 = s[i];
      int v1 = s[i + LANES];
      int v2 = s[i + 2 * LANES];
      int v3 = s[i + 3 * LANES];
      int v4 = s[i + 4 * LANES];
      int v5 = s[i + 5 * LANES];
      int v6 = s[i + 6 * LANES];
      int v7 = s[i + 7 * LANES];
      int v8 = s[i + 8 * LANES];
      int v9 = s[i + 9 * LANES];
      int v10 = s[i + 10 * LANES];
      int v11 = s[i + 11 * LANES];
      int v12 = s[i + 12 * LANES];
      int v13 = s[i + 13 * LANES];
      int v14 = s[i + 14 * LANES];
      int v15 = s[i + 15 * LANES];
      v0 += v4 + m0;
      v12 = rotateRight(v12 ^ v0, 16);
      v8 += v12;
      v4 = rotateRight(v4 ^ v8, 12);
      v0 += v4 + m1;
      v12 = rotateRight(v12 ^ v0, 8);
      v8 += v12;
      v4 = rotateRight(v4 ^ v8, 7);
      v1 += v5 + m2;
      v13 = rotateRight(v13 ^ v1, 16);
      v9 += v13;
      v5 = rotateRight(v5 ^ v9, 12);
      v1 += v5 + m3;
      v13 = rotateRight(v13 ^ v1, 8);
      v9 += v13;
      v5 = rotateRight(v5 ^ v9, 7);
      v2 += v6 + m4;
      v14 = rotateRight(v14 ^ v2, 16);
      v10 += v14;
      v6 = rotateRight(v6 ^ v10, 12);
      v2 += v6 + m5;
      v14 = rotateRight(v14 ^ v2, 8);
      v10 += v14;
      v6 = rotateRight(v6 ^ v10, 7);
      v3 += v7 + m6;
      v15 = rotateRight(v15 ^ v3, 16);
      v11 += v15;
      v7 = rotateRight(v7 ^ v11, 12);
      v3 += v7 + m7;
      v15 = rotateRight(v15 ^ v3, 8);
      v11 += v15;
      v7 = rotateRight(v7 ^ v11, 7);
      v0 += v5 + m8;
      v15 = rotateRight(v15 ^ v0, 16);
      v10 += v15;
      v5 = rotateRight(v5 ^ v10, 12);
      v0 += v5 + m9;
      v15 = rotateRight(v15 ^ v0, 8);
      v10 += v15;
      v5 = rotateRight(v5 ^ v10, 7);
      v1 += v6 + m10;
      v12 = rotateRight(v12 ^ v1, 16);
      v11 += v12;
      v6 = rotateRight(v6 ^ v11, 12);
      v1 += v6 + m11;
      v12 = rotateRight(v12 ^ v1, 8);
      v11 += v12;
      v6 = rotateRight(v6 ^ v11, 7);
      v2 += v7 + m12;
      v13 = rotateRight(v13 ^ v2, 16);
      v8 += v13;
      v7 = rotateRight(v7 ^ v8, 12);
      v2 += v7 + m13;
      v13 = rotateRight(v13 ^ v2, 8);
      v8 += v13;
      v7 = rotateRight(v7 ^ v8, 7);
      v3 += v4 + m14;
      v14 = rotateRight(v14 ^ v3, 16);
      v9 += v14;
      v4 = rotateRight(v4 ^ v9, 12);
      v3 += v4 + m15;
      v14 = rotateRight(v14 ^ v3, 8);
      v9 += v14;
      v4 = rotateRight(v4 ^ v9, 7);
      s[i] = v0;
      s[i + LANES] = v1;
      s[i + 2 * LANES] = v2;
      s[i + 3 * LANES] = v3;
      s[i + 4 * LANES] = v4;
      s[i + 5 * LANES] = v5;
      s[i + 6 * LANES] = v6;
      s[i + 7 * LANES] = v7;
      s[i + 8 * LANES] = v8;
      s[i + 9 * LANES] = v9;
      s[i + 10 * LANES] = v10;
      s[i + 11 * LANES] = v11;
      s[i + 12 * LANES] = v12;
      s[i + 13 * LANES] = v13;
      s[i + 14 * LANES] = v14;
      s[i + 15 * LANES] = v15;
      s[i + 16 * LANES] = m2;
      s[i + 17 * LANES] = m6;
      s[i + 18 * LANES] = m3;
      s[i + 19 * LANES] = m10;
      s[i + 20 * LANES] = m7;
      s[i + 21 * LANES] = m0;
      s[i + 22 * LANES] = m4;
      s[i + 23 * LANES] = m13;
      s[i + 24 * LANES] = m1;
      s[i + 25 * LANES] = m11;
      s[i + 26 * LANES] = m12;
      s[i + 27 * LANES] = m5;
      s[i + 28 * LANES] = m9;
      s[i + 29 * LANES] = m14;
      s[i + 30 * LANES] = m15;
      s[i + 31 * LANES] = m8;
    }
  }
}
