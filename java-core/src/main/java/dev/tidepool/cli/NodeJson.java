package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.node.AddedPack;
import dev.tidepool.node.ListedPack;
import dev.tidepool.node.PackUpdate;
import dev.tidepool.node.RemovedPack;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Node packs as JSON. */
final class NodeJson {
  private NodeJson() {}

  /** {@code {"nodes":[{"id","name","source","version","before","requirements","notes"}]}}. */
  record Added(List<AddedPack> packs) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      begin(generator);
      for (AddedPack pack : packs) {
        entry(pack.id(), pack.entry(), generator);
        text("before", pack.before(), generator);
        texts("requirements", pack.requirements(), generator);
        texts("notes", pack.notes(), generator);
        generator.writeEndObject();
      }
      end(generator);
    }
  }

  /** The same with {@code "folder"}: {@code disabled}, {@code deleted}, {@code trashed}… */
  record Removed(List<RemovedPack> packs) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      begin(generator);
      for (RemovedPack pack : packs) {
        entry(pack.id(), pack.entry(), generator);
        generator.writeStringField("folder", word(pack.fate()));
        generator.writeEndObject();
      }
      end(generator);
    }
  }

  /** The same with {@code "state"}, {@code "branch"}, {@code "commit"} and {@code "dirty"}. */
  record Listed(List<ListedPack> packs) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      begin(generator);
      for (ListedPack pack : packs) {
        entry(pack.id(), pack.entry(), generator);
        generator.writeStringField("state", word(pack.state()));
        text("branch", pack.branch(), generator);
        text("commit", pack.commit(), generator);
        generator.writeBooleanField("dirty", pack.dirty());
        texts("requirements", pack.requirements(), generator);
        generator.writeEndObject();
      }
      end(generator);
    }
  }

  /** {@code {"nodes":[{"id","name","from","to","reason"}]}}. */
  record Updates(List<PackUpdate> updates) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      begin(generator);
      for (PackUpdate update : updates) {
        generator.writeStartObject();
        generator.writeStringField("id", update.id());
        generator.writeStringField("name", update.name());
        text("from", update.from(), generator);
        text("to", update.to(), generator);
        text("reason", update.reason(), generator);
        generator.writeEndObject();
      }
      end(generator);
    }
  }

  private static void begin(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeArrayFieldStart("nodes");
  }

  private static void end(JsonGenerator generator) throws IOException {
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private static void entry(String id, NodeEntry entry, JsonGenerator generator)
      throws IOException {
    generator.writeStartObject();
    generator.writeStringField("id", id);
    generator.writeStringField("name", entry.name());
    generator.writeStringField("source", entry.source().text());
    text("version", entry.version(), generator);
    text("repository", entry.repository(), generator);
  }

  private static void text(String name, Optional<String> value, JsonGenerator generator)
      throws IOException {
    generator.writeStringField(name, value.orElse(null));
  }

  private static void texts(String name, List<String> values, JsonGenerator generator)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (String value : values) {
      generator.writeString(value);
    }
    generator.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
