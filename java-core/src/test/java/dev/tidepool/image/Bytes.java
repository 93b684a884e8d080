package dev.tidepool.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds file contents. Numbers are big-endian. */
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Bytes add(int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
    return this;
  }

  Bytes add(byte[] bytes, int from, int to) {
    out.write(bytes, from, to - from);
    return this;
  }

  Bytes add(Bytes bytes) {
    out.writeBytes(bytes.toArray());
    return this;
  }

  Bytes text(String latin) {
    out.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Bytes u32(long value) {
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) value).array());
    return this;
  }

  Bytes u64(long value) {
    out.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
    return this;
  }

  /** An ISO base media box. */
  Bytes box(String type, Bytes content) {
    return u32(8L + content.out.size()).text(type).add(content);
  }

  byte[] toArray() {
    return out.toByteArray();
  }
}
