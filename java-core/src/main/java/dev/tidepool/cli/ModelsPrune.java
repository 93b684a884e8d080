package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.io.Folders;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelSource;
import dev.tidepool.model.Removal;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code tidepool models prune}: shows what it would forget, and does so with {@code --yes}. */
final class ModelsPrune implements Command {
  private static final String ROOT = "--root";
  private static final String YES = "--yes";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool models prune",
            "Forget files that are gone, and models that have no other file. Deletes no file.")
        .fileOption(ROOT, "DIR", "Forget this indexed folder as a whole too.")
        .toggle(YES, "Do it; without, it only shows what it would forget.")
        .workspace()
        .json()
        .example("tidepool models prune")
        .example("tidepool models prune --root /mnt/old-disk --yes")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    @Nullable Path named = arguments.option(ROOT).map(terminal::path).orElse(null);
    boolean yes = arguments.has(YES);
    try (ModelIndex index = OpenModels.toWrite(arguments, terminal)) {
      Removal removal = index.prunable(named == null ? null : root(named, index));
      if (yes) {
        index.prune(removal);
      }
      if (arguments.json()) {
        JsonAnswer.print(terminal, new Body(removal, yes));
      } else {
        print(removal, yes, terminal);
      }
      return ExitCode.DONE;
    }
  }

  /** The folder as the index names it: ours are without links, ComfyDock's as it was told. */
  private static Path root(Path named, ModelIndex index) {
    Path plain = named.normalize();
    boolean known = index.roots().stream().anyMatch(one -> one.path().equals(plain));
    return known ? plain : Folders.real(named);
  }

  private static void print(Removal removal, boolean yes, Terminal terminal) {
    if (removal.isEmpty()) {
      terminal.say("Nothing is gone; nothing to forget.");
      return;
    }
    for (IndexedFile file : removal.files()) {
      terminal.out().println(PrintableText.of("file    " + file.path()));
    }
    for (IndexedModel model : removal.models()) {
      terminal.out().println("model   " + PrintableText.of(model.key()));
      for (ModelSource source : model.sources()) {
        terminal.out().println(PrintableText.of("source  " + source.url()));
      }
    }
    terminal.say((yes ? "Forgot " : "Would forget ") + summary(removal) + ".");
    if (!yes) {
      terminal.say("hint: The same with --yes does it.");
    }
  }

  private static String summary(Removal removal) {
    int sources = removal.models().stream().mapToInt(model -> model.sources().size()).sum();
    return count(removal.files().size(), "file")
        + ", "
        + count(removal.models().size(), "model")
        + " and "
        + count(sources, "source");
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** What was or would be forgotten: {@code {"done","files","models"}}. */
  private record Body(Removal removal, boolean done) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeBooleanField("done", done);
      generator.writeArrayFieldStart("files");
      for (IndexedFile file : removal.files()) {
        generator.writeString(file.path().toString());
      }
      generator.writeEndArray();
      generator.writeArrayFieldStart("models");
      for (IndexedModel model : removal.models()) {
        generator.writeStartObject();
        generator.writeStringField("key", model.key());
        generator.writeArrayFieldStart("sources");
        for (ModelSource source : model.sources()) {
          generator.writeString(source.url());
        }
        generator.writeEndArray();
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
