package dev.tidepool.node;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.List;

/**
 * Something that is in the way of a pack, with the ways out of it.
 *
 * @param code of the error when nobody chooses a way
 * @param message what is in the way, one sentence
 * @param ways best first
 */
public record Conflict(String code, String message, List<Way> ways) {
  /** Copies the list. */
  public Conflict {
    ways = List.copyOf(ways);
  }

  /** A way out of a conflict. */
  public enum Way {
    /** What is in the way goes to the environment's trash, and the pack takes its place. */
    REPLACE,
    /** The folder that is there is tracked as one that the user works on. */
    TRACK,
    /** The folder that is there gets another name, and stays. */
    RENAME,
    /** The disabled folder comes back; the other one, if there is one, goes to the trash. */
    BRING_BACK,
    /** The disabled folder goes to the trash. */
    DISCARD_DISABLED,
    /** The new packs give up their versions of the packages that contradict others. */
    LOOSEN
  }

  /** The conflict as an error. */
  TidepoolException error(String... hints) {
    return new TidepoolException(ErrorKind.CONFLICT, code, message, hints);
  }
}
