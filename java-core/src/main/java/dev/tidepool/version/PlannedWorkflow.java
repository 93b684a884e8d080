package dev.tidepool.version;

import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.WorkflowEntry;
import java.util.List;

/**
 * What a commit does with one workflow.
 *
 * @param before the bytes of ComfyUI's file
 * @param after the bytes of both copies, with paths put right
 * @param rewritten how many paths are put right
 */
public record PlannedWorkflow(
    String name,
    SyncState state,
    byte[] before,
    byte[] after,
    int rewritten,
    WorkflowEntry entry,
    List<ModelEntry> models,
    List<OpenModel> open) {
  /** Copies the lists. */
  public PlannedWorkflow {
    models = List.copyOf(models);
    open = List.copyOf(open);
  }
}
