package dev.tidepool.pool;

import org.jspecify.annotations.Nullable;

/**
 * What a pool remembers of one image beyond the image itself.
 *
 * @param label null until somebody sets one
 */
record StoredSlot(String name, @Nullable String label, boolean enabled) {
  static StoredSlot fresh(String name) {
    return new StoredSlot(name, null, true);
  }

  StoredSlot withLabel(@Nullable String newLabel) {
    return new StoredSlot(name, newLabel, enabled);
  }

  StoredSlot withEnabled(boolean newEnabled) {
    return new StoredSlot(name, label, newEnabled);
  }

  StoredSlot withName(String newName) {
    return new StoredSlot(newName, label, enabled);
  }

  /** The label to show. */
  String shownLabel() {
    return label != null ? label : ImageNames.stem(name);
  }
}
