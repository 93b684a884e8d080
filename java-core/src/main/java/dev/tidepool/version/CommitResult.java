package dev.tidepool.version;

import dev.tidepool.history.Version;
import java.util.List;
import java.util.Optional;

/**
 * What a commit did.
 *
 * @param version the new version; nothing when there was nothing to record
 * @param added names of workflows
 * @param updated names of workflows
 * @param deleted names of workflows
 * @param rewritten how many paths of models were put right
 * @param open models that are recorded as unresolved
 * @param invalid files that are no workflows and were left out
 * @param locked whether the Python packages were locked anew
 */
public record CommitResult(
    Optional<Version> version,
    List<String> added,
    List<String> updated,
    List<String> deleted,
    int rewritten,
    List<OpenModel> open,
    List<TrackedWorkflow> invalid,
    boolean locked) {
  /** Copies the lists. */
  public CommitResult {
    added = List.copyOf(added);
    updated = List.copyOf(updated);
    deleted = List.copyOf(deleted);
    open = List.copyOf(open);
    invalid = List.copyOf(invalid);
  }
}
