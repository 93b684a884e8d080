package dev.tidepool.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Values on their way into and out of the page. */
final class Script {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Script() {}

  /** The tree of a JSON text that the page answered. */
  static JsonNode tree(Object text) {
    try {
      return JSON.readTree(String.valueOf(text));
    } catch (JsonProcessingException e) {
      throw new AssertionError("the page answered no JSON: " + text, e);
    }
  }
}
