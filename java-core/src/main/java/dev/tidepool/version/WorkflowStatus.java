package dev.tidepool.version;

import java.util.List;

/**
 * One workflow as the status shows it.
 *
 * @param models where its models are
 * @param missingPacks node types that no installed pack is known to have
 */
public record WorkflowStatus(
    TrackedWorkflow workflow, List<ModelCheck> models, List<NeededPack> missingPacks) {
  /** Copies the lists. */
  public WorkflowStatus {
    models = List.copyOf(models);
    missingPacks = List.copyOf(missingPacks);
  }

  /** The models of active nodes that ComfyUI does not find. */
  public List<NeededModel> missing() {
    return models.stream()
        .filter(check -> check.state() == ModelState.MISSING && check.model().active())
        .map(ModelCheck::model)
        .toList();
  }

  /** How many paths a commit puts right. */
  public long wrongPaths() {
    return models.stream().filter(check -> check.state() == ModelState.PATH).count();
  }
}
