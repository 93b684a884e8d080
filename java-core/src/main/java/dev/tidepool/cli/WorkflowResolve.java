package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFiles;
import dev.tidepool.loader.ModelTree;
import dev.tidepool.model.IndexedRoot;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Contents;
import dev.tidepool.resolution.Decision;
import dev.tidepool.resolution.Decisions;
import dev.tidepool.resolution.IndexedContents;
import dev.tidepool.resolution.Offer;
import dev.tidepool.resolution.Offering;
import dev.tidepool.resolution.Resolution;
import dev.tidepool.resolution.Resolver;
import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.PathCheck;
import dev.tidepool.workflow.Replacement;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code tidepool workflow resolve}, which is {@code tidepool models resolve} too. */
final class WorkflowResolve implements Command {
  private static final String DRY_RUN = "--dry-run";
  private static final String NEVER_ASK = "--no-interactive";

  private final String words;

  /** Takes the words after {@code tidepool} that it is called by. */
  WorkflowResolve(String words) {
    this.words = words;
  }

  @Override
  public Syntax syntax() {
    Syntax.Builder syntax =
        Syntax.of(
                "tidepool " + words,
                "Find the files that a workflow's models are, and put its paths right.")
            .file("FILE", "A workflow, as the editor saves or exports it.")
            .toggle(NEVER_ASK, "Never ask; say what is open.")
            .toggle(DRY_RUN, "Say what would be rewritten; ask nothing and change nothing.");
    return AskedComfyUi.options(AskedComfyUi.modelsOption(syntax))
        .json()
        .example("tidepool " + words + " portrait.json")
        .example("tidepool " + words + " portrait.json --comfyui ~/ComfyUI --no-interactive")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    AskedComfyUi asked = AskedComfyUi.of(arguments, terminal);
    Workspace workspace = Home.of(arguments, terminal).workspace();
    ModelFiles files = asked.files().orElseGet(() -> indexed(workspace, asked, terminal));
    Path file = arguments.path(0, terminal);
    Workflow workflow = Workflow.read(file, asked.loaders()::widgetNames);
    ModelReferences references = ModelReferences.of(workflow, asked.loaders());
    Contents contents = new IndexedContents(workspace.modelIndex(), terminal.clock());
    Offering offering = new Offering(asked.loaders(), files, contents);
    Path metadata = workspace.metadata();
    ModelPaths paths = new ModelPaths(asked.loaders(), files);
    Decisions decisions =
        new Decisions(metadata.resolve("decisions.json"), new StoreLocks().of(metadata));
    Resolver resolver = new Resolver(paths, offering, contents, decisions.all());
    Path real = Folders.real(file);
    boolean dryRun = arguments.has(DRY_RUN);
    boolean asks = terminal.canAsk() && !dryRun && !arguments.has(NEVER_ASK) && !arguments.json();
    Asking asking = asks ? new Questions(terminal, offering) : Asking.nobody();
    List<Resolution> resolutions =
        resolver.resolve(real, references, asking, made -> keep(decisions, made, terminal));
    if (!dryRun) {
      byte[] after = rewritten(workflow, resolutions);
      Replacement.together(
          List.of(new Replacement.Change(file, workflow.withValues(Map.of()), after)));
    }
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(resolutions, references));
    } else {
      print(resolutions, references, arguments, terminal);
      sayMisplaced(resolutions, paths, terminal);
    }
    return resolutions.stream().allMatch(Resolution::isSettled) ? ExitCode.DONE : ExitCode.FAILURE;
  }

  /** An answer that cannot be kept still goes into the workflow. */
  private static void keep(Decisions decisions, List<Decision> made, Terminal terminal) {
    try {
      decisions.add(made);
    } catch (TidepoolException e) {
      terminal.say("warning: the answer is not kept for the next time: " + e.getMessage());
    }
  }

  /** The models below the folders that were indexed. */
  private static ModelFiles indexed(Workspace workspace, AskedComfyUi asked, Terminal terminal) {
    Loaders loaders = asked.loaders();
    try (ModelIndex index = ModelIndex.openToRead(workspace.modelIndex(), terminal.clock())) {
      List<Path> roots = index.roots().stream().map(IndexedRoot::path).toList();
      if (roots.isEmpty()) {
        throw new TidepoolException(
            ErrorKind.USAGE,
            "models-folder-missing",
            "Where are the models?",
            "Name their folder with --models DIR, or their ComfyUI with --comfyui,",
            "or index them once: tidepool models index DIR.");
      }
      return ModelTree.below(roots, loaders.relativeFolders());
    }
  }

  private static byte[] rewritten(Workflow workflow, List<Resolution> resolutions) {
    Map<JsonValue, String> values = new HashMap<>();
    for (Resolution resolution : resolutions) {
      if (resolution.changes()) {
        values.put(resolution.reference().place(), resolution.value());
      }
    }
    return workflow.withValues(workflow.withCopies(values));
  }

  private static void print(
      List<Resolution> resolutions,
      ModelReferences references,
      Arguments arguments,
      Terminal terminal) {
    boolean dryRun = arguments.has(DRY_RUN);
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

  private static void sayMisplaced(
      List<Resolution> resolutions, ModelPaths paths, Terminal terminal) {
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

  private record Body(List<Resolution> resolutions, ModelReferences references)
      implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
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
      generator.writeEndObject();
    }
  }
}
