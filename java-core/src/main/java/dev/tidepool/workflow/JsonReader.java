package dev.tidepool.workflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) in UTF-8 with the place of every value. Python writes {@code NaN} and
 * {@code Infinity}, which count as numbers. Depth, tokens and lengths are limited.
 */
final class JsonReader {
  static final int DEEPEST = 200;
  private static final long MOST_TOKENS = 2_000_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxTokenCount(MOST_TOKENS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final int begin;
  private final JsonParser parser;
  private final Deque<JsonValue> open = new ArrayDeque<>();
  private @Nullable String name;
  private @Nullable JsonValue root;

  private JsonReader(int begin, JsonParser parser) {
    this.begin = begin;
    this.parser = parser;
  }

  /**
   * Reads one value that nothing follows.
   *
   * @return the value, or null where there is none
   * @throws com.fasterxml.jackson.core.JacksonException when the bytes are no JSON
   */
  static @Nullable JsonValue read(byte[] bytes) throws IOException {
    int begin = hasMark(bytes) ? 3 : 0;
    try (JsonParser parser = FACTORY.createParser(bytes, begin, bytes.length - begin)) {
      return new JsonReader(begin, parser).root();
    }
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  private @Nullable JsonValue root() throws IOException {
    JsonToken token = parser.nextToken();
    while (token != null) {
      if (root != null && open.isEmpty()) {
        throw new JsonParseException(parser, "something follows the value");
      }
      take(token);
      token = parser.nextToken();
    }
    return root;
  }

  private void take(JsonToken token) throws IOException {
    switch (token) {
      case FIELD_NAME -> name = parser.currentName();
      case START_OBJECT -> begin(JsonValue.Kind.OBJECT);
      case START_ARRAY -> begin(JsonValue.Kind.LIST);
      case END_OBJECT, END_ARRAY -> open.pop().endsAt(offset(parser.currentLocation()));
      case VALUE_STRING -> scalar(JsonValue.Kind.TEXT, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(JsonValue.Kind.NUMBER, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> scalar(JsonValue.Kind.BOOLEAN, parser.getText());
      case VALUE_NULL -> scalar(JsonValue.Kind.NULL, "");
      default -> throw new IllegalStateException("no value begins with " + token);
    }
  }

  private void begin(JsonValue.Kind kind) throws IOException {
    JsonValue value = JsonValue.container(kind, offset(parser.currentTokenLocation()));
    put(value);
    open.push(value);
  }

  private void scalar(JsonValue.Kind kind, String text) throws IOException {
    parser.finishToken();
    int start = offset(parser.currentTokenLocation());
    int end = offset(parser.currentLocation());
    put(JsonValue.scalar(kind, start, end, text));
  }

  private void put(JsonValue value) {
    JsonValue parent = open.peek();
    if (parent == null) {
      root = value;
    } else {
      parent.add(name, value);
    }
    name = null;
  }

  private int offset(JsonLocation location) throws JsonParseException {
    long offset = location.getByteOffset();
    if (offset < 0) {
      // The parser took the bytes for UTF-16 or UTF-32, and counts characters.
      throw new JsonParseException(parser, "not in UTF-8");
    }
    return begin + Math.toIntExact(offset);
  }
}
