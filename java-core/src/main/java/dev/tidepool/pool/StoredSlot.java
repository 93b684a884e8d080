package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What a pool remembers of one image beyond the image itself.
 *
 * @param label null until somebody sets one
 */
record StoredSlot(String name, @Nullable String label, boolean enabled) {
  private static final int LONGEST_LABEL = 120;

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

  /**
   * A label as it is stored; null for an empty one.
   *
   * @throws TidepoolException {@code label-invalid}
   */
  static @Nullable String cleanLabel(String given) {
    String label = Texts.nfc(given).strip();
    if (label.codePointCount(0, label.length()) > LONGEST_LABEL
        || !label.codePoints().allMatch(Texts::printable)) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "label-invalid",
          "Not a valid label: " + Texts.quoted(given) + ".",
          "A label has at most " + LONGEST_LABEL + " characters and no line breaks.");
    }
    return label.isEmpty() ? null : label;
  }

  /** The label to show. */
  String shownLabel() {
    return label != null ? label : ImageNames.stem(name);
  }
}
