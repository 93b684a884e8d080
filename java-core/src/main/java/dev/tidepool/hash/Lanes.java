package dev.tidepool.hash;

import static java.lang.Integer.rotateRight;

import java.util.Arrays;

/**
 * BLAKE3's compression function for {@value #LANES} blocks side by side, in plain Java that the
 * JVM's optimising compiler (C2) turns into vector instructions.
 *
 * <p>That compiler is particular: it does so for one array, constant distances and a constant
 * number of turns, with a short loop body of no branches and no calls. So everything lies in one
 * array, a lane of each block in a row for each word. The state is a matrix of four by four words:
 * its four rows A to D follow each other with room between them, so that one loop works on all four
 * columns, and, after the words at the rows' ends are copied around, on all four diagonals. Before
 * it is compiled this is far slower than {@link Compression}. Not thread-safe.
 */
final class Lanes {
  /** Fewer make the ends of the loops weigh more; more do not fit the fastest cache. */
  static final int LANES = 128;

  private static final int A = 0;
  private static final int B = 4 * LANES;

  /** Behind one word that the diagonals need of B. */
  private static final int C = 9 * LANES;

  /** Behind two words that the diagonals need of C, and one of D itself. */
  private static final int D = 16 * LANES;

  /**
   * The block's words: those that the columns take first, those that they take second, and the same
   * for the diagonals. A spare one is behind them.
   */
  private static final int M = 20 * LANES;

  private static final int VALUE_WORDS = 8;
  private static final int BLOCK_WORDS = 16;
  private static final int CHUNK_WORDS = 256;
  private static final int CHUNK_BLOCKS = 16;
  private static final int ROUNDS = 7;

  private final int[] state = new int[37 * LANES];
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
    Arrays.fill(state, D, D + 2 * LANES, 0);
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
      state[lane + D] = (int) (counter + lane);
      state[lane + D + LANES] = (int) ((counter + lane) >>> 32);
    }
  }

  private void compress(int[] words, int at, int stride, int flags) {
    load(state, words, at, stride);
    for (int word = 0; word < 4; word++) {
      Arrays.fill(state, C + word * LANES, C + (word + 1) * LANES, start[word]);
    }
    Arrays.fill(state, D + 2 * LANES, D + 3 * LANES, Compression.BLOCK);
    Arrays.fill(state, D + 3 * LANES, D + 4 * LANES, flags);
    for (int round = 1; round < ROUNDS; round++) {
      round(state);
      permute(state);
    }
    round(state);
    finish(state);
  }

  private static void round(int[] s) {
    columns(s);
    copy(s, B + 4 * LANES, B, 1);
    copy(s, C + 4 * LANES, C, 2);
    copy(s, D - LANES, D + 3 * LANES, 1);
    diagonals(s);
    copy(s, B, B + 4 * LANES, 1);
    copy(s, C, C + 4 * LANES, 2);
    copy(s, D + 3 * LANES, D - LANES, 1);
  }

  /** Brings the block's words into the next round's order; the one behind them is spare. */
  private static void permute(int[] s) {
    move(s, 16, 0);
    move(s, 0, 1);
    move(s, 1, 5);
    move(s, 5, 9);
    move(s, 9, 10);
    move(s, 10, 12);
    move(s, 12, 13);
    move(s, 13, 6);
    move(s, 6, 16);
    move(s, 16, 2);
    move(s, 2, 7);
    move(s, 7, 14);
    move(s, 14, 11);
    move(s, 11, 15);
    move(s, 15, 8);
    move(s, 8, 4);
    move(s, 4, 3);
    move(s, 3, 16);
  }

  private static void move(int[] s, int to, int from) {
    System.arraycopy(s, M + from * LANES, s, M + to * LANES, LANES);
  }

  private static void copy(int[] s, int target, int from, int words) {
    System.arraycopy(s, from, s, target, words * LANES);
  }

  private void store(int[] values, int target, int count) {
    for (int lane = 0; lane < count; lane++) {
      for (int word = 0; word < VALUE_WORDS; word++) {
        values[target + lane * VALUE_WORDS + word] = state[lane + word * LANES];
      }
    }
  }

  /** The quarter rounds of all columns. */
  private static void columns(int[] s) {
    for (int i = 0; i < 4 * LANES; i++) {
      int a = s[i + A] + s[i + B] + s[i + M];
      int d = rotateRight(s[i + D] ^ a, 16);
      int c = s[i + C] + d;
      int b = rotateRight(s[i + B] ^ c, 12);
      a += b + s[i + M + 4 * LANES];
      d = rotateRight(d ^ a, 8);
      c += d;
      s[i + A] = a;
      s[i + B] = rotateRight(b ^ c, 7);
      s[i + C] = c;
      s[i + D] = d;
    }
  }

  /** The quarter rounds of all diagonals. */
  private static void diagonals(int[] s) {
    for (int i = 0; i < 4 * LANES; i++) {
      int a = s[i + A] + s[i + B + LANES] + s[i + M + 8 * LANES];
      int d = rotateRight(s[i + D - LANES] ^ a, 16);
      int c = s[i + C + 2 * LANES] + d;
      int b = rotateRight(s[i + B + LANES] ^ c, 12);
      a += b + s[i + M + 12 * LANES];
      d = rotateRight(d ^ a, 8);
      c += d;
      s[i + A] = a;
      s[i + B + LANES] = rotateRight(b ^ c, 7);
      s[i + C + 2 * LANES] = c;
      s[i + D - LANES] = d;
    }
  }

  private static void finish(int[] s) {
    for (int i = 0; i < 4 * LANES; i++) {
      s[i + A] ^= s[i + C];
    }
    for (int i = 0; i < 4 * LANES; i++) {
      s[i + B] ^= s[i + D];
    }
  }

  private static void load(int[] s, int[] words, int at, int stride) {
    int from = at;
    for (int lane = 0; lane < LANES; lane++, from += stride) {
      s[lane + M] = words[from];
      s[lane + M + 4 * LANES] = words[from + 1];
      s[lane + M + LANES] = words[from + 2];
      s[lane + M + 5 * LANES] = words[from + 3];
      s[lane + M + 2 * LANES] = words[from + 4];
      s[lane + M + 6 * LANES] = words[from + 5];
      s[lane + M + 3 * LANES] = words[from + 6];
      s[lane + M + 7 * LANES] = words[from + 7];
      s[lane + M + 8 * LANES] = words[from + 8];
      s[lane + M + 12 * LANES] = words[from + 9];
      s[lane + M + 9 * LANES] = words[from + 10];
      s[lane + M + 13 * LANES] = words[from + 11];
      s[lane + M + 10 * LANES] = words[from + 12];
      s[lane + M + 14 * LANES] = words[from + 13];
      s[lane + M + 11 * LANES] = words[from + 14];
      s[lane + M + 15 * LANES] = words[from + 15];
    }
  }
}
