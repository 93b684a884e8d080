package dev.tidepool.hash;

/**
 * The left edge of BLAKE3's tree: the chaining values of complete subtrees that still wait for
 * their right neighbours (section 5.1.2 of the BLAKE3 paper). Not thread-safe.
 */
final class Tree {
  private static final int VALUE_WORDS = 8;

  /** Enough for 2^64 bytes. */
  private static final int LEVELS = 54;

  private final int[] stack = new int[LEVELS * VALUE_WORDS];
  private final int[] block = new int[2 * VALUE_WORDS];
  private int depth;
  private long chunks;

  /** How many chunks the subtrees cover. */
  long chunks() {
    return chunks;
  }

  /**
   * Adds the next subtree. More input must follow, for the last one goes to {@link #root}.
   *
   * @param value its chaining value, eight words
   * @param count how many chunks it covers: a power of two, of which all before is a multiple
   */
  void add(int[] value, long count) {
    chunks += count;
    int[] joined = value;
    for (long level = chunks / count; (level & 1) == 0; level >>= 1) {
      depth--;
      joined = joined(depth, joined, 0);
    }
    System.arraycopy(joined, 0, stack, depth * VALUE_WORDS, VALUE_WORDS);
    depth++;
  }

  /** Whether nothing was added yet. */
  boolean isEmpty() {
    return depth == 0;
  }

  /**
   * Joins everything with what comes last, and changes nothing: the digest, eight words. At least
   * one subtree came before.
   */
  int[] root(int[] last) {
    int[] joined = last;
    for (int left = depth - 1; left >= 0; left--) {
      joined = joined(left, joined, left == 0 ? Compression.ROOT : 0);
    }
    return joined;
  }

  private int[] joined(int left, int[] right, int flags) {
    System.arraycopy(stack, left * VALUE_WORDS, block, 0, VALUE_WORDS);
    System.arraycopy(right, 0, block, VALUE_WORDS, VALUE_WORDS);
    int[] value = Compression.start();
    Compression.compress(value, block, 0, 0, Compression.BLOCK, Compression.PARENT | flags);
    return value;
  }
}
