package dev.tidepool.version;

import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.WorkflowEntry;
import java.util.List;

/**
 * What a commit does with one workflow, or would.
 *
 * @param before the bytes of ComfyUI's file
 * @param after the bytes of both copies, with paths put right
 * @param rewritten how many paths are put right
 * @param files the models whose files are known
 * @param packs the node types that do not come with ComfyUI, but for those that may be missing
 */
public record PlannedWorkflow(
    String name,
    SyncState state,
    byte[] before,
    byte[] after,
    int rewritten,
    WorkflowEntry entry,
    List<PlannedModel> files,
    List<PlannedPack> packs,
    List<OpenModel> open) {
  /** Copies the lists. */
  public PlannedWorkflow {
    files = List.copyOf(files);
    packs = List.copyOf(packs);
    open = List.copyOf(open);
  }

  /** What the manifest says of the models whose files are known. */
  public List<ModelEntry> models() {
    return files.stream().map(PlannedModel::entry).toList();
  }
}
