package dev.tidepool.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds the beginnings of model files. Numbers are little-endian. */
final class ModelBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A safetensors file with this header. */
  static byte[] safetensors(String json) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return new ModelBytes().i64(header.length).raw(header).toArray();
  }

  /** A safetensors file with these texts, as {@code "key":"value",…}, and tensors of this name. */
  static byte[] safetensors(String texts, String... names) {
    StringBuilder json = new StringBuilder("{\"__metadata__\":{" + texts + "}");
    for (String name : names) {
      json.append(",\"").append(name).append("\":");
      json.append("{\"dtype\":\"F16\",\"shape\":[4,4],\"data_offsets\":[0,32]}");
    }
    return safetensors(json + "}");
  }

  /** The head of a GGUF file. */
  static ModelBytes gguf(long tensors, long pairs) {
    return new ModelBytes()
        .raw("GGUF".getBytes(StandardCharsets.US_ASCII))
        .i32(3)
        .i64(tensors)
        .i64(pairs);
  }

  ModelBytes pair(String key, String value) {
    return text(key).i32(8).text(value);
  }

  ModelBytes tensor(String name, int type, long... sides) {
    text(name).i32(sides.length);
    for (long side : sides) {
      i64(side);
    }
    return i32(type).i64(0);
  }

  ModelBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return i64(bytes.length).raw(bytes);
  }

  ModelBytes i32(int value) {
    return raw(order(4).putInt(value).array());
  }

  ModelBytes i64(long value) {
    return raw(order(8).putLong(value).array());
  }

  ModelBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] toArray() {
    return out.toByteArray();
  }

  private static ByteBuffer order(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
