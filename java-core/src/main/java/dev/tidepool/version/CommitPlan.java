package dev.tidepool.version;

import java.util.List;

/**
 * What a commit records of the workflows, before anything is written.
 *
 * @param deleted names of workflows that are in ComfyUI no more
 * @param invalid those that are left out
 */
public record CommitPlan(
    List<PlannedWorkflow> planned, List<String> deleted, List<TrackedWorkflow> invalid) {
  /** Copies the lists. */
  public CommitPlan {
    planned = List.copyOf(planned);
    deleted = List.copyOf(deleted);
    invalid = List.copyOf(invalid);
  }

  /** The models whose files are not known. */
  public List<OpenModel> open() {
    return planned.stream().flatMap(workflow -> workflow.open().stream()).toList();
  }
}
