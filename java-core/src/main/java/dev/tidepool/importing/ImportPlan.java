package dev.tidepool.importing;

import dev.tidepool.bundle.BundledPool;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What an import will do. Made by {@link Importing#plan}, done by {@link Importing#apply}; making
 * it changed nothing.
 *
 * @param request what was asked for
 * @param exists whether the environment is there already
 * @param free bytes that are free where the models go
 * @param notes what a person should know
 */
public record ImportPlan(
    ImportRequest request,
    boolean exists,
    Arriving arriving,
    List<PlannedModel> models,
    List<PlannedPack> packs,
    List<ArrivingWorkflow> arrivingWorkflows,
    List<ImportConflict> conflicts,
    long free,
    List<String> notes) {
  /** Copies the lists. */
  public ImportPlan {
    models = List.copyOf(models);
    packs = List.copyOf(packs);
    arrivingWorkflows = List.copyOf(arrivingWorkflows);
    conflicts = List.copyOf(conflicts);
    notes = List.copyOf(notes);
  }

  /** A model that a node will name in place of one that cannot be had. */
  public record Substitution(String workflow, String before, String after) {}

  /** Which ComfyUI the bundle was made with. */
  public ComfyUiPin comfyUi() {
    return arriving.project().comfyUi();
  }

  /** Which Python; empty when the bundle does not say. */
  public String python() {
    return arriving.python().orElse("");
  }

  /** The workflows, by their paths. */
  public List<String> workflows() {
    return arrivingWorkflows.stream().map(ArrivingWorkflow::path).toList();
  }

  /** The pools. */
  public List<BundledPool> pools() {
    return arriving.pools();
  }

  /** What takes the place of models that cannot be had. */
  public List<Substitution> substitutions() {
    List<Substitution> all = new ArrayList<>();
    for (ArrivingWorkflow workflow : arrivingWorkflows) {
      for (ArrivingWorkflow.Use use : workflow.uses()) {
        use.substitute()
            .filter(value -> !value.equals(use.reference().value()))
            .ifPresent(
                value ->
                    all.add(new Substitution(workflow.path(), use.reference().value(), value)));
      }
    }
    return all;
  }

  /** The bytes of all that is to be downloaded, as far as the bundle says. */
  public long downloadBytes() {
    return models.stream()
        .filter(each -> each.state() == PlannedModel.State.DOWNLOAD)
        .mapToLong(each -> Math.max(0, each.model().size()))
        .sum();
  }

  /** The bundle's project, with what the registry said of archives of packs. */
  Manifest project() {
    Manifest manifest = arriving.project();
    for (PlannedPack each : packs) {
      if (each.pack().isPresent() && each.pack().get().download().isPresent()) {
        manifest =
            manifest.withNode(
                each.id(), each.entry().withDownloadUrl(each.pack().get().download().get()));
      }
    }
    return manifest;
  }
}
