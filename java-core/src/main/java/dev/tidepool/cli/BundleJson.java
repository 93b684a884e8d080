package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.BundledPack;
import dev.tidepool.bundle.BundledPool;
import java.io.IOException;
import java.util.List;

/** Writes what a bundle says of itself for programs. */
final class BundleJson {
  private BundleJson() {}

  static void manifest(BundleManifest manifest, JsonGenerator generator) throws IOException {
    generator.writeStringField("tool", manifest.tool());
    generator.writeObjectFieldStart("environment");
    generator.writeStringField("name", manifest.environment().name());
    generator.writeStringField("version", manifest.environment().version().orElse(null));
    generator.writeStringField("commit", manifest.environment().commit().orElse(null));
    generator.writeEndObject();
    generator.writeStringField("python", manifest.python().orElse(null));
    generator.writeStringField("comfyui", manifest.comfyUi().version());
    texts("workflows", manifest.workflows(), generator);
    generator.writeArrayFieldStart("packs");
    for (BundledPack pack : manifest.packs()) {
      generator.writeStartObject();
      generator.writeStringField("id", pack.id());
      generator.writeStringField("name", pack.name());
      generator.writeStringField("source", pack.source().text());
      generator.writeStringField("version", pack.version().orElse(null));
      generator.writeStringField("repository", pack.repository().orElse(null));
      generator.writeStringField("commit", pack.commit().orElse(null));
      generator.writeBooleanField("bundled", pack.member().isPresent());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("models");
    for (BundledModel model : manifest.models()) {
      generator.writeStartObject();
      generator.writeStringField("path", model.relativePath());
      generator.writeNumberField("bytes", model.size());
      generator.writeStringField("sha256", model.sha256());
      generator.writeStringField("blake3", model.blake3());
      texts("sources", model.sources(), generator);
      generator.writeBooleanField("bundled", model.member().isPresent());
      texts("usedBy", model.usedBy(), generator);
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("pools");
    for (BundledPool pool : manifest.pools()) {
      generator.writeStartObject();
      generator.writeStringField("id", pool.id());
      generator.writeStringField("name", pool.name());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  static void texts(String field, List<String> texts, JsonGenerator generator) throws IOException {
    generator.writeArrayFieldStart(field);
    for (String text : texts) {
      generator.writeString(text);
    }
    generator.writeEndArray();
  }
}
