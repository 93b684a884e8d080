package dev.tidepool.importing;

import java.util.Optional;

/** Asks a person what to do about conflicts, where there is one. */
@FunctionalInterface
public interface MergeQuestions {
  /** The way that was chosen; nothing when nobody can be asked, or none was wanted. */
  Optional<ImportConflict.Way> choose(ImportConflict conflict);

  /** Nobody can be asked. */
  static MergeQuestions none() {
    return conflict -> Optional.empty();
  }
}
