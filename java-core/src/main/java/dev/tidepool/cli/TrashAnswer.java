package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Trash;
import dev.tidepool.environment.Trashed;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The trash that commands work on, and how they tell what is in it. */
final class TrashAnswer {
  private TrashAnswer() {}

  static Trash open(Arguments arguments, Terminal terminal) {
    Environments environments = OpenEnvironment.all(arguments, terminal);
    return new Trash(
        Home.of(arguments, terminal).workspace(), environments, new StoreLocks(), terminal.clock());
  }

  static void write(JsonGenerator generator, String field, List<Trashed> all) throws IOException {
    generator.writeArrayFieldStart(field);
    for (Trashed one : all) {
      generator.writeStartObject();
      generator.writeStringField("id", one.id());
      generator.writeStringField("environment", one.environment());
      generator.writeBooleanField("whole", one.isWhole());
      generator.writeStringField("time", one.time().toString());
      generator.writeNumberField("bytes", one.bytes());
      generator.writeStringField("folder", one.folder().toString());
      generator.writeArrayFieldStart("paths");
      for (Path path : one.paths()) {
        generator.writeString(path.toString());
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
