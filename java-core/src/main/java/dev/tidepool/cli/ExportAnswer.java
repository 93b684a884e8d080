package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.exporting.Exported;
import dev.tidepool.store.Pushed;
import dev.tidepool.version.OpenModel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Says what an export made. */
final class ExportAnswer {
  private ExportAnswer() {}

  static void print(Exported exported, Terminal terminal) {
    BundleManifest manifest = exported.manifest();
    terminal.say(
        "Exported "
            + Counted.of(manifest.workflows().size(), "workflow")
            + ", "
            + Counted.of(manifest.packs().size(), "node pack")
            + ", "
            + Counted.of(manifest.models().size(), "model")
            + (manifest.pools().isEmpty()
                ? ""
                : ", " + Counted.of(manifest.pools().size(), "pool profile"))
            + ": "
            + Sizes.text(exported.size())
            + ".");
    for (OpenModel model : exported.open()) {
      terminal.say(
          "not found: " + model.value() + " in " + model.folder() + ", for " + model.workflow());
    }
    exported.unfetchable().forEach(model -> terminal.say("without an address: " + model));
    exported.unknownTypes().forEach(type -> terminal.say("of no recorded pack: " + type));
    exported.leftOut().forEach(problem -> terminal.say("left out: " + problem));
    exported.notes().forEach(terminal::say);
    if (!exported.unfetchable().isEmpty()) {
      terminal.say(
          "hint: tidepool models source add MODEL URL says where one is; --with-models takes the"
              + " files along.");
    }
    terminal.out().println(PrintableText.of(exported.file().toString()));
  }

  static void print(Pushed pushed, Terminal terminal) {
    String sent =
        pushed.sent() == 0
            ? "All of it had been sent before; the store put it together."
            : "Sent " + Sizes.text(pushed.sent()) + " to the store.";
    terminal.say(pushed.wasThere() ? "It is in the store already, the same bytes." : sent);
    terminal.out().println(PrintableText.of(pushed.address()));
  }

  static JsonAnswer.Body of(Exported exported, Optional<Pushed> pushed) {
    return generator -> write(exported, pushed, generator);
  }

  /** Several, each with what became of it in a store. */
  static JsonAnswer.Body all(List<Exported> exports, List<Optional<Pushed>> pushed) {
    return generator -> {
      generator.writeStartArray();
      for (int i = 0; i < exports.size(); i++) {
        write(exports.get(i), pushed.get(i), generator);
      }
      generator.writeEndArray();
    };
  }

  private static void write(Exported exported, Optional<Pushed> pushed, JsonGenerator generator)
      throws IOException {
    generator.writeStartObject();
    generator.writeStringField("file", exported.file().toString());
    generator.writeNumberField("bytes", exported.size());
    BundleJson.manifest(exported.manifest(), generator);
    generator.writeArrayFieldStart("notFound");
    for (OpenModel model : exported.open()) {
      generator.writeStartObject();
      generator.writeStringField("workflow", model.workflow());
      generator.writeStringField("type", model.type());
      generator.writeStringField("value", model.value());
      generator.writeStringField("folder", model.folder());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    BundleJson.texts("withoutAddress", exported.unfetchable(), generator);
    BundleJson.texts("unknownTypes", exported.unknownTypes(), generator);
    BundleJson.texts("leftOut", exported.leftOut(), generator);
    BundleJson.texts("notes", exported.notes(), generator);
    if (pushed.isPresent()) {
      generator.writeObjectFieldStart("pushed");
      generator.writeStringField("address", pushed.get().address());
      generator.writeStringField("sha256", pushed.get().sha256());
      generator.writeNumberField("sentBytes", pushed.get().sent());
      generator.writeEndObject();
    }
    generator.writeEndObject();
  }
}
