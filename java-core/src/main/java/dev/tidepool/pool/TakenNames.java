package dev.tidepool.pool;

import dev.tidepool.io.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a pool's next image cannot have, ignoring case. */
final class TakenNames {
  private final Path folder;
  private final PoolState state;
  private final Set<String> added = new HashSet<>();
  private @Nullable Set<String> keys;
  private int asked;

  TakenNames(Path folder, PoolState state) {
    this.folder = folder;
    this.state = state;
  }

  boolean contains(String name) {
    String key = Texts.key(name);
    return added.contains(key)
        || Files.exists(folder.resolve(name))
        // A mask whose image was deleted by hand is no other image's.
        || Files.exists(folder.resolve("masks").resolve(name + ".png"))
        || listed(key);
  }

  void add(String name) {
    added.add(Texts.key(name));
  }

  /** One question is answered by looking along the slots; for more, a set pays. */
  private boolean listed(String key) {
    asked++;
    if (asked == 1) {
      return state.slots().stream().anyMatch(slot -> Texts.key(slot.name()).equals(key));
    }
    @Nullable Set<String> known = keys;
    if (known == null) {
      known = new HashSet<>();
      for (StoredSlot slot : state.slots()) {
        known.add(Texts.key(slot.name()));
      }
      keys = known;
    }
    return known.contains(key);
  }
}
