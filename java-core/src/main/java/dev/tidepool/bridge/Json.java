package dev.tidepool.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as it crosses the door: read strictly, written as ASCII. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  static String envelope(String kind, JsonNode content) {
    try {
      return MAPPER.writeValueAsString(object().set(kind, content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain JSON nodes cannot be written", e);
    }
  }
}
