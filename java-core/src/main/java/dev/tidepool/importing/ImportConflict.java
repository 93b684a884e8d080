package dev.tidepool.importing;

import java.util.List;
import java.util.Locale;

/**
 * Something of a bundle that an environment has already, and differently.
 *
 * @param what the workflow's path, the pack's id, or the Python package
 * @param message one sentence
 * @param ways what can be done about it
 */
public record ImportConflict(Kind kind, String what, String message, List<Way> ways) {
  /** Copies the list. */
  public ImportConflict {
    ways = List.copyOf(ways);
  }

  /** What conflicts. */
  public enum Kind {
    /** A workflow. */
    WORKFLOW,
    /** A node pack. */
    PACK,
    /** Where a Python package comes from. */
    SOURCE;

    /** A stable name for programs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What can be done. */
  public enum Way {
    /** What is there stays. */
    KEEP_MINE,
    /** What is there goes to the environment's trash, and the bundle's takes its place. */
    TAKE_THEIRS,
    /** The bundle's gets another name. */
    KEEP_BOTH
  }
}
