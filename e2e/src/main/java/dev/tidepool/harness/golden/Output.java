package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;

/** One thing that a node put out. */
public sealed interface Output {
  /** A text, a number or another value. */
  record Value(JsonNode value) implements Output {}

  /** A file. */
  record Produced(Content content) implements Output {}
}
