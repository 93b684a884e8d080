package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Version;
import dev.tidepool.importing.ImportConflict.Way;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.nodepack.PackNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds a bundle to an environment that is there, in one change: all of it or nothing. */
final class Merge {
  private final Environment environment;
  private final ImportPlan plan;
  private final ImportTools tools;
  private final Remapping remapping;
  private final Map<BundledModel, Path> files;
  private final Map<String, Way> ways;
  private final MergeQuestions questions;
  private final List<String> workflows = new ArrayList<>();
  private List<String> pools = List.of();

  Merge(
      Environment environment,
      ImportPlan plan,
      ImportTools tools,
      Remapping remapping,
      Map<BundledModel, Path> files,
      Map<String, Way> ways,
      MergeQuestions questions) {
    this.environment = environment;
    this.plan = plan;
    this.tools = tools;
    this.remapping = remapping;
    this.files = files;
    this.ways = new LinkedHashMap<>(ways);
    this.questions = questions;
  }

  /** The workflows that came, by the paths they have now. */
  List<String> workflows() {
    return List.copyOf(workflows);
  }

  /** The names that the pools got. */
  List<String> pools() {
    return pools;
  }

  /**
   * Does it.
   *
   * @param theirs the bundle's manifest with the models of this machine
   * @return the version that was made; nothing when nothing was new
   * @throws TidepoolException what failed; the environment is as it was then
   */
  Optional<Version> apply(Manifest theirs, Steps steps) throws IOException {
    Manifest before = environment.manifest();
    List<PlannedPack> coming = coming();
    Map<String, byte[]> arriving = new LinkedHashMap<>();
    Manifest packs = withPacks(before, theirs, coming);
    PythonProject python = new PythonProject(tools.python());
    boolean asked =
        !packs.groups().equals(before.groups()) || !packs.sources().equals(before.sources());
    Optional<byte[]> lock =
        asked
            ? Optional.of(python.testResolution(environment, packs.text(), steps))
            : Optional.empty();
    History history = environment.history(tools.who());
    Map<String, String> ids = poolIds();
    settleNames(ids);
    steps.begin("Changing " + environment.name());
    return Change.of(
        environment,
        "import",
        change -> {
          if (!environment.manifest().text().equals(before.text())) {
            throw changed();
          }
          packs(coming, change, steps);
          Map<String, String> names =
              ArrivingNames.of(
                  environment, plan.arrivingWorkflows(), ways, each -> bytes(each, ids));
          for (ArrivingWorkflow workflow : plan.arrivingWorkflows()) {
            Optional.ofNullable(names.get(workflow.path()))
                .ifPresent(path -> arriving.put(path, bytes(workflow, ids)));
          }
          Manifest after = withWorkflows(packs, theirs, names);
          write(arriving, after, lock, change);
          if (lock.isPresent()) {
            steps.begin("Installing Python packages");
            change.python(() -> python.sync(environment, steps));
          }
          List<Version> made = new ArrayList<>();
          change.history(() -> history.commit(message()).ifPresent(made::add));
          workflows.addAll(arriving.keySet());
          return made.stream().findFirst();
        });
  }

  private String message() {
    return "Imported" + plan.arriving().name().map(name -> " from " + name).orElse("");
  }

  private TidepoolException changed() {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "environment-changed",
        "Another program changed " + environment.name() + " in the meantime.",
        "Try again.");
  }

  private List<PlannedPack> coming() {
    return plan.packs().stream()
        .filter(PlannedPack::comes)
        .filter(each -> ways.get(ImportConflict.Kind.PACK + each.id()) != Way.KEEP_MINE)
        .toList();
  }

  private Manifest withPacks(Manifest before, Manifest theirs, List<PlannedPack> coming) {
    Manifest after = before;
    MergePlanning look = new MergePlanning(environment, plan.arriving().bundle());
    for (PlannedPack each : coming) {
      Optional<Map.Entry<String, NodeEntry>> mine = look.listed(each);
      if (mine.isPresent()) {
        after = after.withoutNode(mine.get().getKey());
      }
      Optional<String> group = theirs.groupOf(each.id());
      if (group.isPresent()) {
        List<String> wanted = theirs.groups().getOrDefault(group.get(), List.of());
        after =
            ArrivingSources.added(
                after.withGroup(group.get(), wanted),
                theirs,
                wanted,
                name -> ways.get(ImportConflict.Kind.SOURCE + name) == Way.TAKE_THEIRS);
      }
      after = after.withNode(each.id(), each.entry());
    }
    return after;
  }

  private void packs(List<PlannedPack> coming, Change change, Steps steps) throws IOException {
    PackArrival arrival = new PackArrival(plan, tools.packs());
    MergePlanning look = new MergePlanning(environment, plan.arriving().bundle());
    for (PlannedPack each : coming) {
      Path place = environment.customNodes().resolve(PackNames.folder(each.entry().name()));
      Path prepared = change.staging().resolve("pack-" + each.entry().name());
      arrival.to(each, prepared, steps);
      Optional<String> mine = look.listed(each).map(one -> one.getValue().name());
      for (Path old : List.of(place, environment.customNodes().resolve(mine.orElse(".none")))) {
        if (Folders.isThere(old)) {
          change.trash(old);
        }
      }
      change.put(place, prepared);
    }
  }

  /** Like models, pools that came stay; done again, those that are there are left alone. */
  private Map<String, String> poolIds() throws IOException {
    if (plan.pools().isEmpty()) {
      return Map.of();
    }
    ArrivingPools arriving = ArrivingPools.of(environment.comfyUi(), tools);
    arriving.bring(plan);
    pools = arriving.names();
    return arriving.ids();
  }

  /**
   * Asks about workflows that turn out to be others than those that are there, now that models and
   * pools have their names: one that was taken gave a model another, and a workflow with it.
   */
  private void settleNames(Map<String, String> pools) throws IOException {
    MergePlanning look = new MergePlanning(environment, plan.arriving().bundle());
    for (ArrivingWorkflow workflow : plan.arrivingWorkflows()) {
      if (!ways.containsKey(ImportConflict.Kind.WORKFLOW + workflow.path())) {
        look.workflow(workflow.path(), bytes(workflow, pools));
      }
    }
    ways.putAll(ConflictChoices.of(environment.name(), look.conflicts(), questions));
  }

  private byte[] bytes(ArrivingWorkflow workflow, Map<String, String> pools) {
    return remapping.bytes(workflow, files, pools);
  }

  private Manifest withWorkflows(Manifest packs, Manifest theirs, Map<String, String> names) {
    Map<String, WorkflowEntry> entries = new LinkedHashMap<>();
    Set<String> hashes = new HashSet<>();
    for (ArrivingWorkflow workflow : plan.arrivingWorkflows()) {
      Optional<String> path = Optional.ofNullable(names.get(workflow.path()));
      @Nullable WorkflowEntry entry = theirs.workflows().get(workflow.name());
      if (path.isPresent() && entry != null) {
        String name = path.get().substring(0, path.get().length() - ".json".length());
        entries.put(
            name,
            new WorkflowEntry(
                "workflows/" + path.get(), entry.nodes(), entry.models(), entry.customNodeMap()));
        entry.models().forEach(model -> model.hash().ifPresent(hashes::add));
      }
    }
    List<ModelEntry> models =
        theirs.models().values().stream().filter(model -> hashes.contains(model.hash())).toList();
    return packs.withModels(models).withWorkflows(entries);
  }

  private void write(
      Map<String, byte[]> arriving, Manifest after, Optional<byte[]> lock, Change change)
      throws IOException {
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> each : arriving.entrySet()) {
      for (Path folder : List.of(environment.liveWorkflows(), environment.workflows())) {
        Path file = folder.resolve(each.getKey());
        boolean there = Folders.isThere(file);
        if (there && !SameWorkflow.is(Files.readAllBytes(file), each.getValue())) {
          if (ways.get(ImportConflict.Kind.WORKFLOW + each.getKey()) != Way.TAKE_THEIRS) {
            throw changed();
          }
          change.trash(file);
          there = false;
        }
        if (!there) {
          contents.put(file, each.getValue());
        }
      }
    }
    contents.put(environment.pyproject(), after.text().getBytes(StandardCharsets.UTF_8));
    lock.ifPresent(bytes -> contents.put(environment.lock(), bytes));
    change.write(contents);
  }
}
