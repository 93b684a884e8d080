package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code tidepool models show}. */
final class ModelsShow implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool models show", "Show what is known of one model.")
        .file("MODEL", "At least four digits of one of its hashes, or the path of its file.")
        .workspace()
        .json()
        .example("tidepool models show a5aa5aef")
        .example("tidepool models show checkpoints/sd_xl_base_1.0.safetensors")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    try (ModelIndex index = OpenModels.toRead(arguments, terminal)) {
      IndexedModel model = OpenModels.find(index, arguments.text(0), terminal);
      if (arguments.json()) {
        JsonAnswer.print(terminal, new Body(model));
      } else {
        print(model, terminal);
      }
      return ExitCode.DONE;
    }
  }

  private static void print(IndexedModel model, Terminal terminal) {
    line(terminal, "key", model.key());
    line(terminal, "size", Sizes.text(model.size()) + " (" + model.size() + " bytes)");
    line(terminal, "blake3", model.blake3());
    line(terminal, "sha256", model.sha256());
    for (IndexedFile file : model.files()) {
      line(terminal, "file", file.path() + (file.missing() ? " (missing)" : ""));
    }
    for (ModelSource source : model.sources()) {
      line(terminal, "source", source.url());
    }
    if (!model.metadata().equals("{}")) {
      line(terminal, "header", model.metadata());
    }
  }

  private static void line(Terminal terminal, String name, @Nullable String value) {
    if (value != null) {
      terminal.out().println(name + " ".repeat(8 - name.length()) + PrintableText.of(value));
    }
  }

  /** A model as {@code {"key","bytes","blake3","sha256","metadata","files","sources"}}. */
  private record Body(IndexedModel model) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeStringField("key", model.key());
      generator.writeNumberField("bytes", model.size());
      generator.writeStringField("blake3", model.blake3());
      generator.writeStringField("sha256", model.sha256());
      generator.writeFieldName("metadata");
      generator.writeRawValue(model.metadata());
      generator.writeArrayFieldStart("files");
      for (IndexedFile file : model.files()) {
        new ModelFileJson(file, null).write(generator);
      }
      generator.writeEndArray();
      generator.writeArrayFieldStart("sources");
      for (ModelSource source : model.sources()) {
        generator.writeStartObject();
        generator.writeStringField("type", source.type());
        generator.writeStringField("url", source.url());
        generator.writeNumberField("added", source.added());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
