package dev.tidepool.hash;

import java.util.Random;

/** Bytes to hash. */
final class Inputs {
  private Inputs() {}

  /** The input of the official test vectors: byte i is i modulo 251. */
  static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
