package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Turns a workflow in the editor's format into a graph in API format, as the real page does. */
public interface Conversion {
  /**
   * Converts.
   *
   * @throws GoldenException when the page cannot
   */
  ObjectNode toPrompt(JsonNode workflow);
}
