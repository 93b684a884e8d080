package dev.tidepool.version;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelTree;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Contents;
import dev.tidepool.resolution.Decision;
import dev.tidepool.resolution.IndexedContents;
import dev.tidepool.resolution.Offering;
import dev.tidepool.resolution.Resolution;
import dev.tidepool.resolution.Resolver;
import dev.tidepool.workflow.DeclaredModel;
import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.Workflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up what a commit does with the workflows; changes nothing but the kept decisions. */
final class CommitPlanning {
  private final Surroundings around;
  private final Manifest manifest;
  private final WorkflowTracking tracking;
  private final Loaders loaders;
  private final ModelTree tree;
  private final Offering offering;
  private final Resolver resolver;

  CommitPlanning(Surroundings around, Manifest manifest, WorkflowTracking tracking) {
    this.around = around;
    this.manifest = manifest;
    this.tracking = tracking;
    this.loaders = around.loaders().get();
    this.tree = around.models().tree(loaders.relativeFolders());
    Contents contents = new IndexedContents(around.modelIndex(), around.clock());
    this.offering = new Offering(loaders, tree, contents);
    this.resolver =
        new Resolver(new ModelPaths(loaders, tree), offering, contents, around.decisions().all());
  }

  /**
   * Plans for workflows that were looked at.
   *
   * @param asking makes who is asked where no file is sure
   * @param warnings hears what the user has to know
   */
  CommitPlan plan(
      List<TrackedWorkflow> workflows,
      ModelChecks checks,
      Function<Offering, Asking> asking,
      Consumer<String> warnings) {
    List<PlannedWorkflow> planned = new ArrayList<>();
    List<String> deleted = new ArrayList<>();
    List<TrackedWorkflow> invalid = new ArrayList<>();
    Asking person = untilStopped(asking.apply(offering));
    try (KnownModels known = new KnownModels(around.modelIndex(), around.clock())) {
      for (TrackedWorkflow workflow : workflows) {
        if (workflow.problem().isPresent()) {
          invalid.add(workflow);
        } else if (workflow.state() == SyncState.DELETED) {
          deleted.add(workflow.name());
        } else if (workflow.changed()) {
          planned.add(planned(workflow, person, known, warnings));
        } else if (hasWrongPath(workflow, checks)) {
          PlannedWorkflow mended = planned(workflow, Asking.nobody(), known, warnings);
          if (mended.rewritten() > 0) {
            planned.add(mended);
          }
        }
      }
    }
    return new CommitPlan(planned, deleted, invalid);
  }

  /** Plans for workflows as if all of them were new. */
  CommitPlan gathered(
      List<TrackedWorkflow> workflows,
      Function<Offering, Asking> asking,
      Consumer<String> warnings) {
    List<PlannedWorkflow> planned = new ArrayList<>();
    Asking person = untilStopped(asking.apply(offering));
    try (KnownModels known = new KnownModels(around.modelIndex(), around.clock())) {
      for (TrackedWorkflow workflow : workflows) {
        if (workflow.problem().isEmpty() && workflow.state() != SyncState.DELETED) {
          planned.add(planned(workflow, person, known, warnings));
        }
      }
    }
    return new CommitPlan(
        planned,
        List.of(),
        workflows.stream().filter(workflow -> workflow.problem().isPresent()).toList());
  }

  /** Who wants no more questions about one workflow wants none about the next. */
  private static Asking untilStopped(Asking asking) {
    AtomicBoolean stopped = new AtomicBoolean();
    return (reference, offers) -> {
      if (stopped.get()) {
        return Optional.empty();
      }
      try {
        return asking.choose(reference, offers);
      } catch (Asking.Stopped e) {
        stopped.set(true);
        throw e;
      }
    };
  }

  /** A model was moved since: the committed copy is put right as well. */
  private static boolean hasWrongPath(TrackedWorkflow workflow, ModelChecks checks) {
    return workflow.facts().map(checks::of).orElse(List.of()).stream()
        .anyMatch(check -> check.state() == ModelState.PATH);
  }

  private PlannedWorkflow planned(
      TrackedWorkflow tracked, Asking asking, KnownModels known, Consumer<String> warnings) {
    String name = tracked.name();
    Path file = tracking.liveFile(name);
    byte[] before = StorageFailures.translate("read " + file, () -> Files.readAllBytes(file));
    Workflow workflow = Workflow.parse(before, file.toString(), loaders::widgetNames);
    ModelReferences references = ModelReferences.of(workflow, loaders);
    List<Resolution> resolutions =
        resolver.resolve(Folders.real(file), references, asking, made -> keep(made, warnings));
    Map<JsonValue, String> values = new HashMap<>();
    for (Resolution resolution : resolutions) {
      if (resolution.changes()) {
        values.put(resolution.reference().place(), resolution.value());
      }
    }
    byte[] after = values.isEmpty() ? before : workflow.withValues(workflow.withCopies(values));
    Map<String, PlannedModel> models = new LinkedHashMap<>();
    Function<Resolution, Optional<ModelEntry>> entries =
        resolution -> {
          Optional<PlannedModel> model = model(resolution, known);
          model.ifPresent(
              one -> models.merge(one.entry().hash(), one, CommitPlanning::withAddress));
          return model.map(PlannedModel::entry);
        };
    WorkflowFacts facts = WorkflowFacts.of(workflow, loaders);
    PackIds packs = new PackIds(RecordedPacks.of(manifest));
    WorkflowEntry entry =
        new WorkflowRecord(name, Optional.ofNullable(manifest.workflows().get(name)))
            .entry(facts, resolutions, entries, packs);
    return new PlannedWorkflow(
        name,
        tracked.state(),
        before,
        after,
        values.size(),
        entry,
        List.copyOf(models.values()),
        packs(facts, entry, packs),
        open(name, resolutions));
  }

  private static List<PlannedPack> packs(WorkflowFacts facts, WorkflowEntry entry, PackIds packs) {
    List<PlannedPack> planned = new ArrayList<>();
    for (NeededPack needed : facts.packs()) {
      @Nullable Object choice = entry.customNodeMap().get(needed.type());
      if (choice instanceof String id) {
        planned.add(new PlannedPack(needed, Optional.of(id)));
      } else if (choice == null) {
        planned.add(new PlannedPack(needed, packs.installed(needed)));
      }
    }
    return planned;
  }

  private static PlannedModel withAddress(PlannedModel first, PlannedModel second) {
    return first.address().isPresent() || second.address().isEmpty()
        ? first
        : new PlannedModel(first.entry(), first.file(), second.address());
  }

  private static List<OpenModel> open(String workflow, List<Resolution> resolutions) {
    return resolutions.stream()
        .filter(resolution -> !resolution.isSettled())
        .map(
            resolution ->
                new OpenModel(
                    workflow,
                    resolution.reference().node().type(),
                    resolution.value(),
                    resolution.reference().folder(),
                    resolution.offers()))
        .toList();
  }

  private Optional<PlannedModel> model(Resolution resolution, KnownModels known) {
    Optional<String> address =
        resolution
            .reference()
            .declared()
            .map(DeclaredModel::url)
            .filter(url -> !url.isEmpty() && !resolution.isOtherFile());
    return ModelPlace.of(resolution.reference().slot(), resolution.value(), loaders, tree)
        .flatMap(
            place ->
                known.entry(place).map(entry -> new PlannedModel(entry, place.file(), address)));
  }

  /** An answer that cannot be kept still goes into the workflow. */
  private void keep(List<Decision> made, Consumer<String> warnings) {
    try {
      around.decisions().add(made);
    } catch (TidepoolException e) {
      warnings.accept("the answer is not kept for the next time: " + e.text());
    }
  }
}
