package dev.tidepool.weights;

import java.io.IOException;

/**
 * <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>, versions 2 and 3,
 * little-endian: magic number, version, the numbers of tensors and of key-value pairs, the pairs,
 * then name, sides, type and place of each tensor. Not thread-safe.
 */
final class GgufFile {
  /** {@code GGUF}. */
  private static final int MAGIC = 0x46554747;

  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int DEEPEST = 8;
  private static final int LONGEST_KEY = 1 << 16;
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_SIDES = 8;

  /** The bytes of each type of value; none for texts and lists. */
  private static final int[] WIDTHS = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  private final HeaderBytes bytes;
  private final Metadata metadata = new Metadata();
  private final Tensors tensors = new Tensors();

  GgufFile(HeaderBytes bytes) {
    this.bytes = bytes;
  }

  /** Whether the file begins as one; goes back to its start. */
  static boolean recognises(HeaderBytes bytes) throws IOException, BrokenHeaderException {
    boolean magic = bytes.left() >= Integer.BYTES && bytes.i32() == MAGIC;
    bytes.rewind();
    return magic;
  }

  WeightsHeader read() throws IOException, BrokenHeaderException {
    bytes.skip(Integer.BYTES);
    int version = bytes.i32();
    expect(version == 2 || version == 3);
    long count = bytes.i64();
    long pairs = bytes.i64();
    expect(count >= 0 && pairs >= 0);
    // Each turn reads something, so lying numbers end with the file.
    for (long i = 0; i < pairs; i++) {
      pair();
    }
    for (long i = 0; i < count; i++) {
      tensor();
    }
    return tensors.header("gguf", metadata);
  }

  private void pair() throws IOException, BrokenHeaderException {
    String key = text(LONGEST_KEY);
    int type = bytes.i32();
    long length = type == STRING && Metadata.wants(key) ? bytes.i64() : -1;
    if (length < 0) {
      skip(type, 0);
    } else if (length > Metadata.LONGEST) {
      bytes.skip(length);
    } else {
      metadata.put(key, bytes.text((int) length));
    }
  }

  private void skip(int type, int depth) throws IOException, BrokenHeaderException {
    expect(type >= 0 && type < WIDTHS.length && depth < DEEPEST);
    if (type == STRING) {
      bytes.skip(bytes.i64());
    } else if (type == ARRAY) {
      int inner = bytes.i32();
      long count = bytes.i64();
      expect(inner >= 0 && inner < WIDTHS.length && count >= 0);
      if (WIDTHS[inner] > 0) {
        expect(count <= bytes.left());
        bytes.skip(count * WIDTHS[inner]);
      } else {
        for (long i = 0; i < count; i++) {
          skip(inner, depth + 1);
        }
      }
    } else {
      bytes.skip(WIDTHS[type]);
    }
  }

  private void tensor() throws IOException, BrokenHeaderException {
    String name = text(LONGEST_NAME);
    int sides = bytes.i32();
    expect(sides >= 0 && sides <= MOST_SIDES);
    long parameters = 1;
    for (int i = 0; i < sides; i++) {
      parameters = Tensors.times(parameters, bytes.i64());
    }
    int type = bytes.i32();
    bytes.skip(Long.BYTES);
    tensors.add(name, GgufTypes.name(type), parameters);
  }

  private String text(int longest) throws IOException, BrokenHeaderException {
    long length = bytes.i64();
    expect(length >= 0 && length <= longest);
    return bytes.text((int) length);
  }

  private static void expect(boolean met) throws BrokenHeaderException {
    if (!met) {
      throw new BrokenHeaderException("it is not laid out as GGUF is");
    }
  }
}
