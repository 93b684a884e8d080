package dev.tidepool.harness.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A file in the safetensors format (https://github.com/huggingface/safetensors): the length of a
 * JSON header as eight bytes, little end first; the header; the tensors' bytes.
 */
record Tensors(ObjectNode header, ByteBuffer data) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";

  static Optional<Tensors> parse(byte[] bytes) {
    if (bytes.length < 10 || bytes[8] != '{') {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = buffer.getLong(0);
    if (length < 2 || length > bytes.length - 8) {
      return Optional.empty();
    }
    try {
      JsonNode header = JSON.readTree(bytes, 8, (int) length);
      ByteBuffer data = buffer.position(8 + (int) length).slice().order(ByteOrder.LITTLE_ENDIAN);
      return header instanceof ObjectNode object && isValid(object, data.limit())
          ? Optional.of(new Tensors(object, data))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isValid(ObjectNode header, int size) {
    return header.properties().stream()
        .filter(entry -> !entry.getKey().equals(METADATA))
        .allMatch(
            entry -> {
              long begin = entry.getValue().at("/data_offsets/0").asLong(-1);
              long end = entry.getValue().at("/data_offsets/1").asLong(-1);
              return begin >= 0 && begin <= end && end <= size;
            });
  }

  /** The same file without what its maker wrote about it. */
  byte[] withoutMetadata() {
    ObjectNode plain = header.deepCopy();
    plain.remove(METADATA);
    byte[] text;
    try {
      text = JSON.writeValueAsBytes(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    // The data begins at a multiple of eight; spaces fill the gap.
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    ByteBuffer whole =
        ByteBuffer.allocate(8 + padded.length + data.limit()).order(ByteOrder.LITTLE_ENDIAN);
    return whole.putLong(padded.length).put(padded).put(data.duplicate().rewind()).array();
  }

  /** Says what differs, beyond what is allowed; empty when nothing does. */
  Optional<String> difference(Tensors actual, Tolerance tolerance) {
    TreeSet<String> names = names();
    if (!names.equals(actual.names())) {
      return Optional.of("expected the tensors " + names + ", found " + actual.names());
    }
    return names.stream()
        .map(name -> difference(name, actual, tolerance))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    header.fieldNames().forEachRemaining(names::add);
    names.remove(METADATA);
    return names;
  }

  private Optional<String> difference(String name, Tensors actual, Tolerance tolerance) {
    String expectedShape = shape(name);
    if (!expectedShape.equals(actual.shape(name))) {
      return Optional.of(
          "tensor %s: expected %s, found %s".formatted(name, expectedShape, actual.shape(name)));
    }
    ByteBuffer mine = bytes(name);
    ByteBuffer other = actual.bytes(name);
    if (mine.equals(other)) {
      return Optional.empty();
    }
    Optional<Double> largest =
        header.path(name).path("dtype").asText().equals("F32")
            ? largest(mine, other)
            : Optional.empty();
    if (largest.isPresent() && tolerance.allows(largest.get())) {
      return Optional.empty();
    }
    return Optional.of(
        "tensor %s %s differs%s"
            .formatted(name, expectedShape, largest.map(value -> " by up to " + value).orElse("")));
  }

  private static Optional<Double> largest(ByteBuffer mine, ByteBuffer other) {
    double largest = 0;
    for (int i = 0; i + 4 <= mine.limit() && i + 4 <= other.limit(); i += 4) {
      double difference = Math.abs((double) mine.getFloat(i) - other.getFloat(i));
      if (Double.isNaN(difference)) {
        return Optional.empty();
      }
      largest = Math.max(largest, difference);
    }
    return Optional.of(largest);
  }

  private String shape(String name) {
    JsonNode tensor = header.path(name);
    return tensor.path("dtype").asText() + " " + tensor.path("shape");
  }

  private ByteBuffer bytes(String name) {
    int begin = header.path(name).at("/data_offsets/0").asInt();
    int end = header.path(name).at("/data_offsets/1").asInt();
    return data.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
  }
}
