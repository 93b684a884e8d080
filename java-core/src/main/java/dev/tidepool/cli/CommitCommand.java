package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Version;
import dev.tidepool.resolution.Asking;
import dev.tidepool.version.CommitPlan;
import dev.tidepool.version.CommitResult;
import dev.tidepool.version.Committing;
import dev.tidepool.version.OpenModel;
import dev.tidepool.version.TrackedWorkflow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code tidepool commit}. */
final class CommitCommand implements Command {
  private static final String STRICT = "--strict";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool commit", "Record the state of an environment as a new version.")
        .option(Syntax.MESSAGE, "TEXT", "What the version is about.")
        .toggle("--no-interactive", "Never ask which file a model is.")
        .toggle(STRICT, "Record nothing when a model is not found or a file is no workflow.")
        .environment()
        .json()
        .example("tidepool commit -m \"Portrait with the new checkpoint\"")
        .example("tidepool commit --strict --no-interactive")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenVersions open = OpenVersions.of(arguments, terminal);
    boolean asks = OpenVersions.asks(arguments, terminal);
    try (StepReport steps = new StepReport(terminal)) {
      Committing committing = committing(open);
      if (!committing.unknownTypes().isEmpty() && open.learnNodes(steps)) {
        committing = committing(open);
      }
      CommitPlan plan =
          committing.plan(
              offering -> asks ? new Questions(terminal, offering) : Asking.nobody(), steps);
      if (arguments.has(STRICT)) {
        require(plan);
      }
      CommitResult result = committing.commit(plan, arguments.option(Syntax.MESSAGE), steps);
      if (arguments.json()) {
        JsonAnswer.print(terminal, new Body(result));
      } else {
        print(result, terminal);
      }
    }
    return ExitCode.DONE;
  }

  private static Committing committing(OpenVersions open) {
    return new Committing(
        open.environment(), open.history(), open.around(), () -> open.python("commit"));
  }

  private static void require(CommitPlan plan) {
    List<String> hints = new ArrayList<>();
    for (OpenModel model : plan.open()) {
      hints.add(model.workflow() + ": " + model.value() + " is not in " + model.folder());
    }
    plan.invalid()
        .forEach(workflow -> workflow.problem().ifPresent(problem -> hints.add(problem.message())));
    if (!hints.isEmpty()) {
      hints.add("Without --strict they are recorded as unresolved, or left out.");
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "commit-unresolved",
          "Nothing was recorded: something is unresolved.",
          hints.toArray(String[]::new));
    }
  }

  private static void print(CommitResult result, Terminal terminal) {
    if (result.version().isEmpty()) {
      terminal.say("Nothing to commit.");
    } else {
      Version version = result.version().get();
      terminal.out().println(PrintableText.of(version.name() + "  " + version.title()));
      names("+", result.added(), terminal);
      names("~", result.updated(), terminal);
      names("-", result.deleted(), terminal);
    }
    if (result.rewritten() > 0) {
      terminal.say("Paths of models put right: " + result.rewritten() + ".");
    }
    if (result.locked()) {
      terminal.say("The Python packages were locked anew.");
    }
    for (OpenModel model : result.open()) {
      terminal.say(
          "unresolved: "
              + model.value()
              + " in "
              + model.folder()
              + ", for "
              + model.type()
              + " in "
              + model.workflow());
    }
    for (TrackedWorkflow workflow : result.invalid()) {
      workflow.problem().ifPresent(problem -> terminal.say("left out: " + problem.message()));
    }
    if (!result.open().isEmpty()) {
      terminal.say(
          "hint: put the models where ComfyUI looks, or name them:"
              + " tidepool workflow resolve FILE");
    }
  }

  private static void names(String mark, List<String> names, Terminal terminal) {
    for (String name : names) {
      terminal.out().println(PrintableText.of("  " + mark + " " + name));
    }
  }

  private record Body(CommitResult result) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeStringField("version", result.version().map(Version::name).orElse(null));
      generator.writeStringField("commit", result.version().map(Version::commit).orElse(null));
      generator.writeStringField("message", result.version().map(Version::message).orElse(null));
      texts(generator, "added", result.added());
      texts(generator, "updated", result.updated());
      texts(generator, "deleted", result.deleted());
      generator.writeNumberField("pathsPutRight", result.rewritten());
      generator.writeBooleanField("locked", result.locked());
      generator.writeArrayFieldStart("unresolved");
      for (OpenModel model : result.open()) {
        generator.writeStartObject();
        generator.writeStringField("workflow", model.workflow());
        generator.writeStringField("type", model.type());
        generator.writeStringField("value", model.value());
        generator.writeStringField("folder", model.folder());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      texts(generator, "leftOut", result.invalid().stream().map(TrackedWorkflow::name).toList());
      generator.writeEndObject();
    }

    private static void texts(JsonGenerator generator, String name, List<String> texts)
        throws IOException {
      generator.writeArrayFieldStart(name);
      for (String text : texts) {
        generator.writeString(text);
      }
      generator.writeEndArray();
    }
  }
}
