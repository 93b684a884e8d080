package dev.tidepool.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The JSON in a model's row. */
final class Metadata {
  private static final int LONGEST = 1 << 20;

  private Metadata() {}

  /** Whether the text is one whole JSON object, and no longer than a sensible one. */
  static boolean isObject(String text) throws IOException {
    if (text.length() > LONGEST) {
      return false;
    }
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    }
  }
}
