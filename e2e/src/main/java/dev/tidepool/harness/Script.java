package dev.tidepool.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Values on their way into and out of the page. */
final class Script {
  /** ComfyUI and its page write numbers that JSON does not know, such as NaN. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

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
