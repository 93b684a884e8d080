package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What the commands about a model's sources print: {@code {"key","added"}}, or {@code removed}. */
record SourceAnswer(String done, boolean was, String key) implements JsonAnswer.Body {
  static final String MODEL = "At least four digits of one of its hashes, or its file's path.";

  int print(Arguments arguments, Terminal terminal, String sentence) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, this);
    } else {
      terminal.out().println(key);
      terminal.say(sentence);
    }
    return ExitCode.DONE;
  }

  @Override
  public void write(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("key", key);
    generator.writeBooleanField(done, was);
    generator.writeEndObject();
  }
}
