package dev.tidepool.resolution;

import dev.tidepool.workflow.ModelReference;
import java.util.List;
import java.util.Optional;

/** Asks the user which file is meant where none is sure. */
public interface Asking {
  /**
   * Asks for one model.
   *
   * @param offers not empty; the likeliest first
   * @return the chosen value; nothing to leave it
   * @throws Stopped when the user wants no more questions
   */
  Optional<String> choose(ModelReference reference, List<Offer> offers) throws Stopped;

  /** Never asks. */
  static Asking nobody() {
    return (reference, offers) -> Optional.empty();
  }

  /** The user wants no more questions; what was decided stays. */
  final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
