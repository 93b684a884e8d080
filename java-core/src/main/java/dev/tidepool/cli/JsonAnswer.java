package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Prints one JSON value on one line of standard output. */
final class JsonAnswer {
  private JsonAnswer() {}

  /** Writes a value with the streaming API, which starts much faster than data binding. */
  interface Body {
    void write(JsonGenerator generator) throws IOException;
  }

  static void print(Terminal terminal, Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      body.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    terminal.out().println(text);
  }

  /** Writes {@code {"code","message","hints"}}. */
  static void writeError(JsonGenerator generator, String code, String message, List<String> hints)
      throws IOException {
    generator.writeStartObject();
    generator.writeStringField("code", code);
    generator.writeStringField("message", message);
    generator.writeArrayFieldStart("hints");
    for (String hint : hints) {
      generator.writeString(hint);
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }
}
