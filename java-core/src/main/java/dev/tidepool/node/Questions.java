package dev.tidepool.node;

import java.util.Optional;

/** Asks a person, where there is one. */
public interface Questions {
  /** The way out that was chosen; nothing when nobody can be asked, or none was wanted. */
  Optional<Conflict.Way> choose(Conflict conflict);

  /** Whether a pack's own script may be run. */
  boolean mayRun(String pack, String script);

  /** Nobody can be asked. */
  static Questions none() {
    return new Questions() {
      @Override
      public Optional<Conflict.Way> choose(Conflict conflict) {
        return Optional.empty();
      }

      @Override
      public boolean mayRun(String pack, String script) {
        return false;
      }
    };
  }
}
