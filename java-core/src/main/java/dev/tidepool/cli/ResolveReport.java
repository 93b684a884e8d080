package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.resolution.Offer;
import dev.tidepool.resolution.Resolution;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.PathCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells what became of the models of workflows.
 *
 * @param below the folder of an environment's workflows; nothing when one file was named
 */
record ResolveReport(List<Resolved> all, ModelPaths paths, Optional<Path> below) {
  /** One workflow, and what became of its models; an error where it is none. */
  record Resolved(
      Path file,
      List<Resolution> resolutions,
      Optional<ModelReferences> references,
      Optional<TidepoolException> error) {
    boolean isSettled() {
      return error.isEmpty() && resolutions.stream().allMatch(Resolution::isSettled);
    }
  }

  void answer(Arguments arguments, Terminal terminal) {
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          below.isPresent()
              ? new AllBody(all)
              : new Body(all.get(0).resolutions(), all.get(0).references().orElseThrow()));
      return;
    }
    if (all.isEmpty()) {
      terminal.say("No workflows.");
    }
    for (Resolved one : all) {
      below.ifPresent(
          folder -> terminal.say(PrintableText.of(folder.relativize(one.file()) + ":")));
      one.error().ifPresent(e -> terminal.say("  " + e.text()));
      one.references()
          .ifPresent(
              references -> {
                print(one.resolutions(), references, arguments, terminal);
                sayMisplaced(one.resolutions(), terminal);
              });
    }
  }

  private static void print(
      List<Resolution> resolutions,
      ModelReferences references,
      Arguments arguments,
      Terminal terminal) {
    boolean dryRun = arguments.has(WorkflowResolve.DRY_RUN);
    boolean asked = arguments.option("--comfyui").isPresent();
    Table table = new Table("NODE", "SLOT", "MODEL", "STATE", "FILE");
    for (Resolution resolution : resolutions) {
      table.row(
          WorkflowModels.name(resolution.reference().node()),
          resolution.reference().slot().input(),
          resolution.reference().value(),
          resolution.state().code(),
          resolution.isSettled()
              ? resolution.reference().folder() + "/" + resolution.value()
              : suggestions(resolution));
    }
    if (resolutions.isEmpty()) {
      terminal.say("No models.");
    } else {
      table.print(terminal);
    }
    WorkflowModels.say(references.unknown(), asked, terminal);
    long rewritten = resolutions.stream().filter(Resolution::changes).count();
    long open = resolutions.stream().filter(each -> !each.isSettled()).count();
    if (rewritten > 0) {
      terminal.say((dryRun ? "Would put right: " : "Put right: ") + rewritten + ".");
    }
    if (open > 0) {
      terminal.say("Open: " + open + ".");
      if (resolutions.stream().anyMatch(each -> !each.isSettled() && !each.offers().isEmpty())) {
        terminal.say("hint: on a terminal this command asks which file is meant.");
      }
    }
  }

  private void sayMisplaced(List<Resolution> resolutions, Terminal terminal) {
    for (Resolution open : resolutions) {
      if (!open.isSettled() && open.offers().isEmpty()) {
        PathCheck check = paths.notFound(open.reference());
        if (check.state() == PathCheck.State.MISPLACED) {
          terminal.say(open.reference().value() + ": " + check.message() + ".");
          terminal.say("  " + check.advice() + ".");
        }
      }
    }
  }

  private static String suggestions(Resolution open) {
    if (open.offers().isEmpty()) {
      return "nothing like it is in " + open.reference().folder();
    }
    Offer best = open.offers().get(0);
    int more = open.offers().size() - 1;
    return "perhaps "
        + best.value()
        + " ("
        + best.reason().words()
        + ")"
        + (more == 0 ? "" : " or " + more + " more");
  }

  private record AllBody(List<Resolved> all) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("workflows");
      for (Resolved one : all) {
        generator.writeStartObject();
        generator.writeStringField("file", one.file().toString());
        if (one.references().isPresent()) {
          new Body(one.resolutions(), one.references().get()).fields(generator);
        }
        if (one.error().isPresent()) {
          TidepoolException error = one.error().get();
          generator.writeFieldName("error");
          JsonAnswer.writeError(generator, error.code(), error.text(), error.hints());
        }
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }

  private record Body(List<Resolution> resolutions, ModelReferences references)
      implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      fields(generator);
      generator.writeEndObject();
    }

    private void fields(JsonGenerator generator) throws IOException {
      generator.writeArrayFieldStart("models");
      for (Resolution resolution : resolutions) {
        generator.writeStartObject();
        WorkflowModels.write(resolution.reference(), generator);
        generator.writeStringField("state", resolution.state().code());
        generator.writeStringField("file", resolution.isSettled() ? resolution.value() : null);
        generator.writeArrayFieldStart("offers");
        for (Offer offer : resolution.offers()) {
          generator.writeStartObject();
          generator.writeStringField("value", offer.value());
          generator.writeStringField("reason", offer.reason().code());
          generator.writeBooleanField("certain", offer.reason().certain());
          generator.writeEndObject();
        }
        generator.writeEndArray();
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeNumberField("unknown", references.unknown().size());
    }
  }
}
