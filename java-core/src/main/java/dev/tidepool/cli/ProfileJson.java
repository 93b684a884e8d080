package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.profile.Profile;
import java.io.IOException;

/** A profile as {@code {"id","name","created"}}. */
record ProfileJson(Profile profile) implements JsonAnswer.Body {
  @Override
  public void write(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("id", profile.id());
    generator.writeStringField("name", profile.name());
    generator.writeNumberField("created", profile.created());
    generator.writeEndObject();
  }
}
