package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.workflow.JsonValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes values out of a workflow as JSON on one line. */
final class JsonValueText {
  private JsonValueText() {}

  static String of(JsonValue value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      write(value, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static void write(JsonValue value, JsonGenerator generator) throws IOException {
    switch (value.kind()) {
      case TEXT -> generator.writeString(value.text().orElseThrow());
      case NUMBER -> number(value.text().orElseThrow(), generator);
      case BOOLEAN -> generator.writeBoolean(value.isTrue());
      case NULL -> generator.writeNull();
      case LIST -> {
        generator.writeStartArray();
        for (JsonValue item : value.items()) {
          write(item, generator);
        }
        generator.writeEndArray();
      }
      case OBJECT -> {
        generator.writeStartObject();
        for (int i = 0; i < value.names().size(); i++) {
          generator.writeFieldName(value.names().get(i));
          write(value.values().get(i), generator);
        }
        generator.writeEndObject();
      }
    }
  }

  // Python's NaN and Infinity are no JSON.
  private static void number(String number, JsonGenerator generator) throws IOException {
    char last = number.charAt(number.length() - 1);
    if (last >= '0' && last <= '9') {
      generator.writeNumber(number);
    } else {
      generator.writeString(number);
    }
  }
}
