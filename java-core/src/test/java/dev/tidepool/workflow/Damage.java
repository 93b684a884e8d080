package dev.tidepool.workflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Damages examples: bytes, whole values, and parts of one file within another. */
final class Damage {
  private static final String[] PIECES = {
    "null",
    "{}",
    "[]",
    "-1",
    "\"\"",
    "\"nodes\"",
    "1e999",
    "NaN",
    "\"\\ud800\"",
    "[[[[",
    "]",
    "}",
    "\"link\":-10",
    "\"type\":\"outer\"",
    "\"proxyWidgets\":[[\"-1\",\"x\"]]",
    "\ufeff",
    "\\u0000",
    "99999999999999999999",
    "\"inputs\":{}",
    "\"widgets_values\":{}",
    "\"id\":\"itself\"",
    ",",
    ":"
  };

  private final Random random;
  private final List<byte[]> examples;

  Damage(Random random, List<byte[]> examples) {
    this.random = random;
    this.examples = examples;
  }

  byte[] next() {
    byte[] bytes = example();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      bytes = once(bytes);
    }
    return bytes;
  }

  private byte[] example() {
    return examples.get(random.nextInt(examples.size())).clone();
  }

  private byte[] once(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    return switch (random.nextInt(7)) {
      case 0 -> {
        bytes[from] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 1 -> Arrays.copyOf(bytes, from);
      case 2 -> splice(bytes, from, from, piece());
      case 3 -> splice(bytes, from, Math.min(bytes.length, from + random.nextInt(40)), piece());
      case 4 -> swapped(bytes);
      default -> value(bytes);
    };
  }

  /** A whole value becomes another whole value, so that the file stays JSON. */
  private byte[] value(byte[] bytes) {
    JsonValue place = place(bytes);
    if (place == null) {
      return splice(bytes, bytes.length / 2, bytes.length, piece());
    }
    byte[] source = example();
    JsonValue other = place(source);
    byte[] piece =
        other == null || random.nextInt(3) == 0
            ? PIECES[random.nextInt(5)].getBytes(StandardCharsets.UTF_8)
            : Arrays.copyOfRange(source, other.start(), other.end());
    return splice(bytes, place.start(), place.end(), piece);
  }

  private @Nullable JsonValue place(byte[] bytes) {
    try {
      JsonValue value = JsonReader.read(bytes);
      while (value != null && random.nextInt(6) > 0) {
        List<JsonValue> inside = value.isObject() ? value.values() : value.items();
        if (inside.isEmpty()) {
          return value;
        }
        value = inside.get(random.nextInt(inside.size()));
      }
      return value;
    } catch (IOException e) {
      return null;
    }
  }

  private byte[] swapped(byte[] bytes) {
    byte[] other = example();
    return splice(
        bytes,
        random.nextInt(bytes.length),
        bytes.length,
        Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
  }

  private byte[] piece() {
    return PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes with others between two positions. */
  private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int kept = Math.min(from, to);
    int next = Math.max(from, to);
    out.write(bytes, 0, kept);
    out.writeBytes(piece);
    out.write(bytes, next, bytes.length - next);
    return out.toByteArray();
  }
}
