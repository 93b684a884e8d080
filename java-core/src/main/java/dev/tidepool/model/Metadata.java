package dev.tidepool.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidepool.weights.WeightsHeader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/**
 * The JSON in a model's row: what its header says.
 *
 * <pre>{@code
 * {"format":"safetensors","kind":"lora","base":"sdxl_base_v1-0","title":"Sea","triggers":["sea"],
 *  "tensors":722,"precision":"F16"}
 * }</pre>
 *
 * <p>What the header does not say is left out.
 */
final class Metadata {
  static final String NOTHING = "{}";

  private static final int LONGEST = 1 << 20;
  private static final int LONGEST_TEXT = 1000;

  private Metadata() {}

  static String of(WeightsHeader header) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      generator.writeStartObject();
      generator.writeStringField("format", header.format());
      write(generator, "kind", header.kind());
      write(generator, "base", header.baseModel());
      write(generator, "title", header.title());
      if (!header.triggerWords().isEmpty()) {
        generator.writeArrayFieldStart("triggers");
        for (String word : header.triggerWords()) {
          generator.writeString(shortened(word));
        }
        generator.writeEndArray();
      }
      generator.writeNumberField("tensors", header.tensors());
      write(generator, "precision", header.precision());
      generator.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      generator.writeStringField(name, shortened(value.get()));
    }
  }

  /** Shortened, and without halves of surrogate pairs, which no UTF-8 has. */
  private static String shortened(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_TEXT)
        .map(c -> Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

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
