package dev.tidepool.hash;

import static java.lang.Integer.rotateRight;

/**
 * BLAKE3's compression function, one block at a time: section 2.2 of <a
 * href="https://github.com/BLAKE3-team/BLAKE3-specs/blob/master/blake3.pdf">the BLAKE3 paper</a>.
 */
final class Compression {
  static final int CHUNK_START = 1;
  static final int CHUNK_END = 2;
  static final int PARENT = 4;
  static final int ROOT = 8;

  /** The bytes of a block. */
  static final int BLOCK = 64;

  private static final int IV0 = 0x6A09E667;
  private static final int IV1 = 0xBB67AE85;
  private static final int IV2 = 0x3C6EF372;
  private static final int IV3 = 0xA54FF53A;
  private static final int IV4 = 0x510E527F;
  private static final int IV5 = 0x9B05688C;
  private static final int IV6 = 0x1F83D9AB;
  private static final int IV7 = 0x5BE0CD19;

  private Compression() {}

  /** The chaining value that every chunk and every parent starts from. */
  static int[] start() {
    return new int[] {IV0, IV1, IV2, IV3, IV4, IV5, IV6, IV7};
  }

  /**
   * Replaces a chaining value of eight words by the next one.
   *
   * @param chaining eight words, read and written
   * @param words holds the block's sixteen little-endian words from {@code at} on
   * @param counter which chunk this is, from 0; 0 for parents
   * @param length how many bytes of the block count
   * @param flags what the block is
   */
  static void compress(int[] chaining, int[] words, int at, long counter, int length, int flags) {
    int m0 = words[at];
    int m1 = words[at + 1];
    int m2 = words[at + 2];
    int m3 = words[at + 3];
    int m4 = words[at + 4];
    int m5 = words[at + 5];
    int m6 = words[at + 6];
    int m7 = words[at + 7];
    int m8 = words[at + 8];
    int m9 = words[at + 9];
    int m10 = words[at + 10];
    int m11 = words[at + 11];
    int m12 = words[at + 12];
    int m13 = words[at + 13];
    int m14 = words[at + 14];
    int m15 = words[at + 15];
    int v0 = chaining[0];
    int v1 = chaining[1];
    int v2 = chaining[2];
    int v3 = chaining[3];
    int v4 = chaining[4];
    int v5 = chaining[5];
    int v6 = chaining[6];
    int v7 = chaining[7];
    int v8 = IV0;
    int v9 = IV1;
    int v10 = IV2;
    int v11 = IV3;
    int v12 = (int) counter;
    int v13 = (int) (counter >>> 32);
    int v14 = length;
    int v15 = flags;
    for (int round = 0; round < 7; round++) {
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
      int first0 = m0;
      m0 = m2;
      m2 = m3;
      m3 = m10;
      m10 = m12;
      m12 = m9;
      m9 = m11;
      m11 = m5;
      m5 = first0;
      int first1 = m1;
      m1 = m6;
      m6 = m4;
      m4 = m7;
      m7 = m13;
      m13 = m14;
      m14 = m15;
      m15 = m8;
      m8 = first1;
    }
    chaining[0] = v0 ^ v8;
    chaining[1] = v1 ^ v9;
    chaining[2] = v2 ^ v10;
    chaining[3] = v3 ^ v11;
    chaining[4] = v4 ^ v12;
    chaining[5] = v5 ^ v13;
    chaining[6] = v6 ^ v14;
    chaining[7] = v7 ^ v15;
  }
}
