package dev.tidepool.importing;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.environment.CreateRequest;
import dev.tidepool.environment.CreationTools;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Version;
import dev.tidepool.importing.ImportConflict.Way;
import dev.tidepool.importing.PlannedModel.State;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.loader.Loaders;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Offering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Imports bundles. First {@link #plan}, which reads and asks; then {@link #apply}. Models come
 * first, and stay whatever becomes of the rest; the environment is made, or changed, whole or not
 * at all.
 *
 * <pre>{@code
 * try (StagedBundle staged = StagedBundle.of(workspace, file, progress)) {
 *   ImportPlan plan = importing.plan(staged.bundle(), request, offering -> Asking.nobody(), steps);
 *   ImportReport report = importing.apply(plan, MergeQuestions.none(), steps);
 * }
 * }</pre>
 *
 * <p>For one thread.
 */
public final class Importing {
  private final ImportTools tools;

  /** Imports by these means. */
  public Importing(ImportTools tools) {
    this.tools = tools;
  }

  /**
   * Makes up what to do; changes nothing.
   *
   * @param asking makes who is asked what takes the place of models that cannot be had
   * @throws TidepoolException {@code bundle-incomplete}, {@code bundle-inconsistent}, {@code
   *     bundle-project-unsafe}, {@code bundle-address-refused}, {@code environment-exists}, {@code
   *     extra-model-paths-invalid}, {@code workflow-invalid}, those of the registry
   */
  public ImportPlan plan(
      Bundle bundle, ImportRequest request, Function<Offering, Asking> asking, Steps steps) {
    Optional<Environment> existing = existing(request);
    if (existing.isEmpty()) {
      tools.environments().requireFree(request.name());
    }
    Arriving arriving = Arriving.of(bundle);
    new ForeignProject(tools.rule()).check(arriving.project().text(), arriving.lock());
    return StorageFailures.translate(
        "plan the import",
        () -> {
          steps.begin("Looking for models and node packs");
          List<PlannedModel> models =
              new SeenModels(tools, existing).plan(arriving, request.skipModels());
          List<PlannedPack> packs =
              new PackPlanning(bundle, tools.packs(), tools.rule())
                  .plan(arriving.project().nodes(), request.skipNodes(), steps);
          List<ArrivingWorkflow> workflows =
              workflows(arriving, models, remapping(existing), asking);
          return plan(request, existing, arriving, models, packs, workflows);
        });
  }

  private ImportPlan plan(
      ImportRequest request,
      Optional<Environment> existing,
      Arriving arriving,
      List<PlannedModel> models,
      List<PlannedPack> packs,
      List<ArrivingWorkflow> workflows)
      throws IOException {
    List<String> notes = new ArrayList<>(arriving.notes());
    models.forEach(
        each ->
            each.refused()
                .forEach(why -> notes.add(each.model().filename() + ": the address " + why + ".")));
    List<PlannedPack> all = packs;
    List<ImportConflict> conflicts = List.of();
    if (existing.isPresent()) {
      MergePlanning merge = new MergePlanning(existing.get(), arriving.bundle());
      merge.compare(arriving.project());
      all = merge.packs(packs);
      merge.sources(all, arriving.project());
      Map<BundledModel, Path> files = expected(models);
      Map<String, String> pools = ArrivingPools.of(existing.get().comfyUi(), tools).known(arriving);
      Remapping remapping = remapping(existing);
      for (ArrivingWorkflow workflow : workflows) {
        merge.workflow(workflow.path(), remapping.bytes(workflow, files, pools));
      }
      conflicts = merge.conflicts();
      notes.addAll(merge.notes());
    }
    return new ImportPlan(
        request, existing.isPresent(), arriving, models, all, workflows, conflicts, free(), notes);
  }

  /** Where models will be, as far as nothing else has their names. */
  private Map<BundledModel, Path> expected(List<PlannedModel> models) {
    Map<BundledModel, Path> files = new LinkedHashMap<>();
    for (PlannedModel each : models) {
      each.file().ifPresent(file -> files.put(each.model(), file));
    }
    return files;
  }

  private Optional<Environment> existing(ImportRequest request) {
    boolean there =
        request.merge()
            && tools.environments().list().stream()
                .anyMatch(each -> each.name().equals(request.name()));
    return there
        ? Optional.of(tools.environments().named(Optional.of(request.name())))
        : Optional.empty();
  }

  private Path modelsFolder() {
    return tools.environments().file().modelsFolder();
  }

  private Remapping remapping(Optional<Environment> existing) {
    return new SeenModels(tools, existing).remapping();
  }

  private static List<ArrivingWorkflow> workflows(
      Arriving arriving,
      List<PlannedModel> models,
      Remapping remapping,
      Function<Offering, Asking> asking)
      throws IOException {
    Set<BundledModel> had = new LinkedHashSet<>();
    models.stream()
        .filter(each -> each.state() != State.MISSING && each.state() != State.SKIPPED)
        .forEach(each -> had.add(each.model()));
    return remapping.readAll(arriving.workflows(), arriving.models(), had, asking);
  }

  private long free() throws IOException {
    return Files.getFileStore(Folders.existing(modelsFolder())).getUsableSpace();
  }

  /**
   * Does what was planned.
   *
   * @throws TidepoolException {@code import-conflicts} when there are conflicts, also such as show
   *     only once models and pools have their names, and nobody chose; {@code disk-too-small}; what
   *     failed on the way. The environment is as it was then; models that arrived stay
   */
  public ImportReport apply(ImportPlan plan, MergeQuestions questions, Steps steps) {
    Map<String, Way> ways = ConflictChoices.of(plan.request().name(), plan.conflicts(), questions);
    new PackArrival(plan, tools.packs()).fetch(steps);
    Optional<Environment> existing = existing(plan.request());
    if (existing.isPresent() != plan.exists()) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "environment-changed",
          "Another program changed " + plan.request().name() + " in the meantime.",
          "Try again.");
    }
    List<ArrivedModel> models =
        new ModelArrival(tools, modelsFolder()).bring(plan, remapping(existing), steps);
    IndexedArrivals.of(models)
        .tell(tools.workspace().modelIndex(), tools.clock(), modelsFolder(), steps);
    return StorageFailures.translate(
        "import into " + tools.workspace().environment(plan.request().name()),
        () ->
            existing.isPresent()
                ? merged(existing.get(), plan, ways, models, questions, steps)
                : made(plan, models, steps));
  }

  /**
   * The models that came or are here, and may be loaded by nodes of packs: no other node of the
   * bundle's workflows names them. Their paths.
   */
  public List<String> openModels(ImportPlan plan, ImportReport report) {
    return PackNodeModels.open(plan, report);
  }

  /**
   * Names the models that nodes of packs load, in the workflows that came.
   *
   * @param loaders what the environment's own ComfyUI said
   * @return the report with the version that this made, if it made one
   * @throws TidepoolException what failed; the environment is as it was then
   */
  public ImportReport settle(ImportReport report, Loaders loaders, Steps steps) {
    Environment environment = tools.environments().named(Optional.of(report.environment()));
    return StorageFailures.translate(
        "change " + environment.folder(),
        () ->
            new PackNodeModels(
                    environment,
                    tools,
                    modelsFolder(),
                    new SeenModels(tools, Optional.of(environment)).remapping(loaders))
                .settle(report, steps)
                .map(report::as)
                .orElse(report));
  }

  /** Adds a bundle to an environment, once its models are here. */
  ImportReport merged(
      Environment environment,
      ImportPlan plan,
      Map<String, Way> ways,
      List<ArrivedModel> models,
      MergeQuestions questions,
      Steps steps)
      throws IOException {
    Remapping remapping = remapping(Optional.of(environment));
    Map<BundledModel, Path> files = files(models);
    Merge merge = new Merge(environment, plan, tools, remapping, files, ways, questions);
    Optional<Version> version = merge.apply(manifest(plan, remapping, files), steps);
    return ImportReport.of(plan, environment, version, models, merge.workflows(), merge.pools());
  }

  private ImportReport made(ImportPlan plan, List<ArrivedModel> models, Steps steps)
      throws IOException {
    Remapping remapping = remapping(Optional.empty());
    Map<BundledModel, Path> files = files(models);
    BundleContent content =
        new BundleContent(plan, tools, remapping, files, manifest(plan, remapping, files));
    Environment made = create(plan, content, steps);
    Optional<Version> version = made.history(tools.who()).versions(1).stream().findFirst();
    return ImportReport.of(plan, made, version, models, plan.workflows(), content.poolNames());
  }

  private Manifest manifest(ImportPlan plan, Remapping remapping, Map<BundledModel, Path> files)
      throws IOException {
    return new ArrivingManifest(remapping, modelsFolder(), files)
        .of(plan.project(), plan.arrivingWorkflows());
  }

  private static Map<BundledModel, Path> files(List<ArrivedModel> models) {
    Map<BundledModel, Path> files = new HashMap<>();
    models.forEach(each -> each.file().ifPresent(file -> files.put(each.model(), file)));
    return files;
  }

  private Environment create(ImportPlan plan, BundleContent content, Steps steps) {
    return tools
        .environments()
        .create(
            new CreateRequest(
                plan.request().name(),
                plan.arriving().python(),
                Optional.empty(),
                plan.request().comfyUi(),
                tools.torch(),
                Optional.of(content)),
            new CreationTools(tools.python(), tools.who()),
            steps);
  }
}
