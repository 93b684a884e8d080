package dev.tidepool.version;

import dev.tidepool.workflow.WorkflowChange;
import java.util.List;
import java.util.Optional;

/**
 * A workflow that differs between two versions.
 *
 * @param name below {@code workflows/}, without {@code .json}
 * @param changes what is different inside of a changed one; nothing when only its layout is
 * @param problem why the changes cannot be told, such as a file that is no workflow
 */
public record WorkflowDifference(
    String name, Kind kind, List<WorkflowChange> changes, Optional<String> problem) {
  /** What happened to the workflow. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /** Copies the list. */
  public WorkflowDifference {
    changes = List.copyOf(changes);
  }
}
