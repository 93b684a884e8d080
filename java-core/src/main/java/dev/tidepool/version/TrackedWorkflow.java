package dev.tidepool.version;

import java.util.Optional;

/**
 * One workflow of an environment, in ComfyUI or committed.
 *
 * @param name its path below ComfyUI's folder of workflows, with {@code /} and without {@code
 *     .json}
 * @param facts what the workflow in ComfyUI needs; of a deleted one, and of one that cannot be
 *     read, nothing
 * @param edits what changed inside, where both copies can be read and differ
 * @param problem why ComfyUI's file is no workflow that can be committed
 */
public record TrackedWorkflow(
    String name,
    SyncState state,
    Optional<WorkflowFacts> facts,
    Optional<WorkflowEdits> edits,
    Optional<Problem> problem) {
  /** Whether a commit would record something for it. */
  public boolean changed() {
    return state != SyncState.SYNCED && problem.isEmpty();
  }
}
