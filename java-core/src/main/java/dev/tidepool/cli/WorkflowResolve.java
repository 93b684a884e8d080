package dev.tidepool.cli;

import dev.tidepool.environment.Environment;
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
import dev.tidepool.resolution.Offering;
import dev.tidepool.resolution.Resolution;
import dev.tidepool.resolution.Resolver;
import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.Replacement;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowFiles;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code tidepool workflow resolve}, which is {@code tidepool models resolve} too. */
final class WorkflowResolve implements Command {
  private static final String ALL = "--all";
  static final String DRY_RUN = "--dry-run";
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
            .optionalFile("FILE", "A workflow, as the editor saves or exports it.")
            .toggle(ALL, "Every workflow of an environment, instead of FILE.")
            .option(
                Syntax.ENVIRONMENT,
                "NAME",
                "The environment that --all is about. Default: the active one.")
            .toggle(NEVER_ASK, "Never ask; say what is open.")
            .toggle(DRY_RUN, "Say what would be rewritten; ask nothing and change nothing.");
    return AskedComfyUi.options(AskedComfyUi.modelsOption(syntax))
        .json()
        .example("tidepool " + words + " portrait.json")
        .example("tidepool " + words + " portrait.json --comfyui ~/ComfyUI --no-interactive")
        .example("tidepool " + words + " --all -e studio --dry-run")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    if (arguments.has(ALL) == !arguments.values().isEmpty()) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "Which workflow is it about?",
          "Name its file, or give --all for those of an environment; not both.");
    }
    AskedComfyUi asked = AskedComfyUi.of(arguments, terminal);
    Workspace workspace = Home.of(arguments, terminal).workspace();
    Optional<Environment> environment =
        arguments.has(ALL)
            ? Optional.of(OpenEnvironment.named(arguments, terminal))
            : Optional.empty();
    ModelFiles files =
        asked
            .files()
            .or(() -> environment.map(each -> ofEnvironment(each, asked, arguments, terminal)))
            .orElseGet(() -> indexed(workspace, asked, terminal));
    Contents contents = new IndexedContents(workspace.modelIndex(), terminal.clock());
    Offering offering = new Offering(asked.loaders(), files, contents);
    Path metadata = workspace.metadata();
    ModelPaths paths = new ModelPaths(asked.loaders(), files);
    Decisions decisions =
        new Decisions(metadata.resolve("decisions.json"), new StoreLocks().of(metadata));
    boolean dryRun = arguments.has(DRY_RUN);
    boolean asks = terminal.canAsk() && !dryRun && !arguments.has(NEVER_ASK) && !arguments.json();
    Asking asking = asks ? new Questions(terminal, offering) : Asking.nobody();
    List<ResolveReport.Resolved> all = new ArrayList<>();
    for (Path file : files(environment, arguments, terminal)) {
      try {
        Workflow workflow = Workflow.read(file, asked.loaders()::widgetNames);
        ModelReferences references = ModelReferences.of(workflow, asked.loaders());
        // What was decided about one workflow counts for the next.
        Resolver resolver = new Resolver(paths, offering, contents, decisions.all());
        List<Resolution> resolutions =
            resolver.resolve(
                Folders.real(file), references, asking, made -> keep(decisions, made, terminal));
        if (!dryRun) {
          byte[] after = rewritten(workflow, resolutions);
          Replacement.together(
              List.of(new Replacement.Change(file, workflow.withValues(Map.of()), after)));
        }
        all.add(
            new ResolveReport.Resolved(
                file, resolutions, Optional.of(references), Optional.empty()));
      } catch (TidepoolException e) {
        if (environment.isEmpty() || e.kind() == ErrorKind.STOPPED) {
          throw e;
        }
        all.add(new ResolveReport.Resolved(file, List.of(), Optional.empty(), Optional.of(e)));
      }
    }
    new ResolveReport(all, paths, environment.map(Environment::liveWorkflows))
        .answer(arguments, terminal);
    return all.stream().allMatch(ResolveReport.Resolved::isSettled)
        ? ExitCode.DONE
        : ExitCode.FAILURE;
  }

  private static List<Path> files(
      Optional<Environment> environment, Arguments arguments, Terminal terminal) {
    return environment
        .map(
            each ->
                Files.isDirectory(each.liveWorkflows())
                    ? WorkflowFiles.below(each.liveWorkflows())
                    : List.<Path>of())
        .orElseGet(() -> List.of(arguments.path(0, terminal)));
  }

  /** The models that the ComfyUI of an environment sees. */
  private static ModelFiles ofEnvironment(
      Environment environment, AskedComfyUi asked, Arguments arguments, Terminal terminal) {
    return OpenVersions.models(environment, OpenEnvironment.all(arguments, terminal), terminal)
        .tree(asked.loaders().relativeFolders());
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
}
