package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.loader.ModelFiles;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.PathCheck;
import dev.tidepool.workflow.PathPlan;
import dev.tidepool.workflow.PathRewrite;
import dev.tidepool.workflow.Replacement;
import dev.tidepool.workflow.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code tidepool workflow paths}. */
final class WorkflowPaths implements Command {
  private static final String CHECK = "--check";
  private static final String FIX = "--fix";
  private static final String DRY_RUN = "--dry-run";

  @Override
  public Syntax syntax() {
    Syntax.Builder syntax =
        Syntax.of(
                "tidepool workflow paths",
                "Check that a ComfyUI finds the models of workflows, and mend their paths.")
            .files("FILE", "Workflows; with --fix all are rewritten, or none.")
            .toggle(CHECK, "Say what is not found and what can be mended. This is the default.")
            .toggle(FIX, "Rewrite the paths that can be mended; other bytes stay as they are.")
            .toggle(DRY_RUN, "Show what --fix would change.");
    return AskedComfyUi.options(AskedComfyUi.modelsOption(syntax))
        .json()
        .example("tidepool workflow paths portrait.json --models ~/ComfyUI/models")
        .example("tidepool workflow paths *.json --comfyui ~/ComfyUI --fix")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    if (Stream.of(CHECK, FIX, DRY_RUN).filter(arguments::has).count() > 1) {
      throw new TidepoolException(
          ErrorKind.USAGE, "usage", "Only one of --check, --fix and --dry-run is possible.");
    }
    AskedComfyUi asked = AskedComfyUi.of(arguments, terminal);
    ModelFiles files =
        asked
            .files()
            .orElseThrow(
                () ->
                    new TidepoolException(
                        ErrorKind.USAGE,
                        "models-folder-missing",
                        "Where are the models?",
                        "Name their folder with --models DIR, or their ComfyUI with --comfyui."));
    Map<Path, PathPlan> plans = new LinkedHashMap<>();
    Map<Path, TidepoolException> failed = new LinkedHashMap<>();
    for (Path file : arguments.paths(0, terminal)) {
      try {
        plans.put(file, plan(file, asked, files));
      } catch (TidepoolException e) {
        failed.put(file, e);
      }
    }
    if (arguments.has(FIX)) {
      List<Replacement.Change> changes = new ArrayList<>();
      plans.forEach(
          (file, plan) ->
              changes.add(
                  new Replacement.Change(
                      file, plan.workflow().withValues(Map.of()), plan.apply())));
      Replacement.together(changes);
    }
    if (arguments.json()) {
      JsonAnswer.print(terminal, new PathsJson(plans, failed));
    } else {
      plans.forEach((file, plan) -> print(file, plan, arguments, terminal));
      failed.forEach(
          (file, e) -> {
            terminal.say("error: " + e.text());
            e.hints().forEach(hint -> terminal.say("hint: " + hint));
          });
    }
    return isFine(plans, arguments) && failed.isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
  }

  private static PathPlan plan(Path file, AskedComfyUi asked, ModelFiles files) {
    Workflow workflow = Workflow.read(file, asked.loaders()::widgetNames);
    return PathPlan.of(
        workflow,
        ModelReferences.of(workflow, asked.loaders()),
        new ModelPaths(asked.loaders(), files));
  }

  private static boolean isFine(Map<Path, PathPlan> plans, Arguments arguments) {
    boolean mends = arguments.has(FIX) || arguments.has(DRY_RUN);
    return plans.values().stream()
        .allMatch(plan -> plan.isFine() && (mends || plan.rewrites().isEmpty()));
  }

  private static void print(Path file, PathPlan plan, Arguments arguments, Terminal terminal) {
    String verb =
        arguments.has(FIX) ? "rewritten" : arguments.has(DRY_RUN) ? "to rewrite" : "can be mended";
    boolean asked = arguments.option("--comfyui").isPresent();
    if (plan.isAllFound()) {
      terminal.say(file + ": all " + plan.checks().size() + " models are found.");
      WorkflowModels.say(plan.unknown(), asked, terminal);
      return;
    }
    terminal.out().println(PrintableText.of(file.toString()));
    for (PathRewrite rewrite : plan.rewrites()) {
      line(
          terminal,
          where(rewrite.reference())
              + ": "
              + verb
              + ": "
              + rewrite.before()
              + " -> "
              + rewrite.after());
    }
    for (PathCheck check : plan.checks()) {
      if (!check.isFine()) {
        line(terminal, where(check.reference()) + ": " + check.message() + ".");
        if (!check.advice().isEmpty()) {
          line(terminal, "  " + check.advice() + ".");
        }
      }
    }
    WorkflowModels.say(plan.unknown(), asked, terminal);
    if (!plan.isFine()) {
      terminal.say("hint: tidepool workflow resolve looks for the same model under other names.");
    }
  }

  private static String where(dev.tidepool.workflow.ModelReference reference) {
    return WorkflowModels.name(reference.node())
        + " "
        + reference.node().type()
        + "."
        + reference.slot().input()
        + WorkflowModels.held(reference)
        + WorkflowModels.mode(reference);
  }

  private static void line(Terminal terminal, String text) {
    terminal.out().println(PrintableText.of("  " + text));
  }
}
