package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.Slot;
import java.io.IOException;

/** A pool as {@code {"id","revision","active","slots":[…]}}. */
record PoolJson(Pool pool) implements JsonAnswer.Body {
  @Override
  public void write(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("id", pool.id());
    generator.writeStringField("revision", pool.revision());
    generator.writeStringField("active", pool.active());
    generator.writeArrayFieldStart("slots");
    for (Slot slot : pool.slots()) {
      write(generator, slot);
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, Slot slot) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("name", slot.name());
    generator.writeStringField("label", slot.label());
    generator.writeNumberField("width", slot.width());
    generator.writeNumberField("height", slot.height());
    generator.writeNumberField("bytes", slot.bytes());
    generator.writeNumberField("modified", slot.modified());
    generator.writeBooleanField("enabled", slot.enabled());
    generator.writeBooleanField("mask", slot.mask());
    generator.writeEndObject();
  }
}
