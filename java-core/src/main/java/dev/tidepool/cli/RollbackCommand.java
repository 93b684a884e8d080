package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.version.FileStep;
import dev.tidepool.version.PackStep;
import dev.tidepool.version.Rollback;
import dev.tidepool.version.RollbackPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code tidepool rollback}. */
final class RollbackCommand implements Command {
  private static final String DRY_RUN = "--dry-run";
  private static final String YES = "--yes";
  private static final String KEEP_COMFYUI = "--keep-comfyui";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool rollback",
            "Bring back an earlier version: workflows, node packs, ComfyUI, Python packages.")
        .optional(
            "TARGET", "v2, HEAD~1, or the beginning of a commit. Default: the newest version.")
        .toggle(DRY_RUN, "Say what would be done; change nothing.")
        .toggle(YES, "Do not ask before what is in no version goes to the trash.")
        .toggle(KEEP_COMFYUI, "Leave the version of ComfyUI itself as it is.")
        .environment()
        .json()
        .example("tidepool rollback v2 --dry-run")
        .example("tidepool rollback v2")
        .example("tidepool rollback --yes    # discard what was changed since the newest version")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenVersions open = OpenVersions.of(arguments, terminal);
    Rollback rollback =
        new Rollback(
            open.environment(),
            open.history(),
            open.around(),
            new Rollback.Means(
                () -> open.python("rollback"), open.packs(), open.programs("rollback")),
            arguments.has(KEEP_COMFYUI));
    Optional<String> target = arguments.values().stream().findFirst();
    Rollback.Attempt attempt =
        arguments.has(DRY_RUN)
            ? planned(rollback.plan(target), arguments, terminal)
            : done(rollback, target, arguments, terminal);
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(attempt.plan(), attempt.done()));
    } else if (attempt.done()) {
      conclude(attempt.plan(), target.isPresent(), open, terminal);
    }
    return ExitCode.DONE;
  }

  private static Rollback.Attempt planned(
      RollbackPlan plan, Arguments arguments, Terminal terminal) {
    print(plan, arguments, terminal);
    return new Rollback.Attempt(plan, false);
  }

  private static Rollback.Attempt done(
      Rollback rollback, Optional<String> target, Arguments arguments, Terminal terminal) {
    try (StepReport steps = new StepReport(terminal)) {
      Rollback.Attempt attempt =
          rollback.attempt(
              target,
              plan -> {
                print(plan, arguments, terminal);
                return isAgreed(plan, arguments);
              },
              steps);
      RollbackPlan plan = attempt.plan();
      if (attempt.done() || plan.isEmpty()) {
        return attempt;
      }
      if (!isAgreed(plan, arguments)) {
        confirm(plan, arguments, terminal);
      }
      rollback.apply(plan, steps);
      return new Rollback.Attempt(plan, true);
    }
  }

  private static boolean isAgreed(RollbackPlan plan, Arguments arguments) {
    return plan.discarded().isEmpty() || arguments.has(YES);
  }

  private static void confirm(RollbackPlan plan, Arguments arguments, Terminal terminal) {
    if (!OpenVersions.asks(arguments, terminal)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "rollback-unconfirmed",
          "Nothing was changed: "
              + plan.discarded().size()
              + " changes are in no version and would go to the trash.",
          "Record them first: tidepool commit -m MESSAGE.",
          "Or let them go: tidepool rollback "
              + String.join(" ", arguments.values())
              + (arguments.values().isEmpty() ? "" : " ")
              + "--yes");
    }
    Confirmation.require(terminal, "Let these changes go to the trash?");
  }

  private static void print(RollbackPlan plan, Arguments arguments, Terminal terminal) {
    if (arguments.json()) {
      return;
    }
    boolean dryRun = arguments.has(DRY_RUN);
    if (plan.isEmpty()) {
      terminal.say("Everything is as in " + plan.target() + " already.");
    }
    files("workflow ", plan.workflows(), dryRun, terminal);
    files(".cec/", plan.files(), dryRun, terminal);
    for (PackStep step : plan.packs()) {
      String version = step.version().isEmpty() ? "" : " " + step.version();
      shown(step.kind().code() + " node pack " + step.folder() + version, dryRun, terminal);
    }
    plan.comfyUi().ifPresent(pin -> shown("bring back ComfyUI " + pin.version(), dryRun, terminal));
    if (plan.python()) {
      shown("sync the Python packages", dryRun, terminal);
    }
    plan.warnings().forEach(warning -> terminal.say("warning: " + warning));
    if (!plan.discarded().isEmpty()) {
      terminal.say("In no version, and going to the trash:");
      plan.discarded().forEach(what -> terminal.say("  " + what));
    }
  }

  private static void files(String what, List<FileStep> steps, boolean dryRun, Terminal terminal) {
    for (FileStep step : steps) {
      shown(step.kind().code() + " " + what + step.path(), dryRun, terminal);
    }
  }

  /** The plan is what a dry run is for; else it is talk. */
  private static void shown(String line, boolean dryRun, Terminal terminal) {
    if (dryRun) {
      terminal.out().println(PrintableText.of(line));
    } else {
      terminal.say("  " + line);
    }
  }

  private static void conclude(
      RollbackPlan plan, boolean named, OpenVersions open, Terminal terminal) {
    terminal
        .out()
        .println(
            PrintableText.of(
                open.environment().name() + " is as it was in " + plan.target() + "."));
    if (!plan.discarded().isEmpty()) {
      terminal.say(
          "The changes that went are in the trash: tidepool trash list -e "
              + open.environment().name());
    }
    if (named) {
      terminal.say("hint: keep this as a new version: tidepool commit -m MESSAGE");
    }
  }

  private record Body(RollbackPlan plan, boolean done) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeStringField("target", plan.target());
      generator.writeStringField("commit", plan.commit());
      generator.writeBooleanField("done", done);
      files(generator, "workflows", plan.workflows());
      files(generator, "files", plan.files());
      generator.writeArrayFieldStart("nodes");
      for (PackStep step : plan.packs()) {
        generator.writeStartObject();
        generator.writeStringField("step", step.kind().code());
        generator.writeStringField("id", step.id());
        generator.writeStringField("folder", step.folder());
        generator.writeStringField("version", step.version());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeStringField(
          "comfyui_version", plan.comfyUi().map(ComfyUiPin::version).orElse(null));
      generator.writeBooleanField("python", plan.python());
      texts(generator, "discarded", plan.discarded());
      texts(generator, "warnings", plan.warnings());
      generator.writeEndObject();
    }

    private static void files(JsonGenerator generator, String name, List<FileStep> steps)
        throws IOException {
      generator.writeArrayFieldStart(name);
      for (FileStep step : steps) {
        generator.writeStartObject();
        generator.writeStringField("step", step.kind().code());
        generator.writeStringField("path", step.path());
        generator.writeBooleanField("trash", step.trash());
        generator.writeEndObject();
      }
      generator.writeEndArray();
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
