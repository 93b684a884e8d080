package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses the slot that a node asks for: by place, by name, or the active one. */
final class Picks {
  private final PoolFolder folder;
  private final PoolFolder.Listing listing;
  private final List<StoredSlot> enabled;
  private final Supplier<String> title;

  /**
   * Looks at a pool.
   *
   * @param title what people call the pool, in the middle of a sentence; asked for errors only
   */
  Picks(PoolFolder folder, PoolFolder.Listing listing, Supplier<String> title) {
    this.folder = folder;
    this.listing = listing;
    this.title = title;
    this.enabled = listing.state().slots().stream().filter(listing::usable).toList();
  }

  /**
   * The slot at an index from 0; for -1 the named slot; for -1 and an empty name the active one.
   */
  Picked pick(long index, String name) throws IOException {
    int place = index == -1 ? byName(name) : byIndex(index);
    StoredSlot slot = enabled.get(place);
    PoolFolder.@Nullable Present there = listing.present().get(slot.name());
    boolean masked = there != null && there.mask() != null;
    return new Picked(
        slot.name(),
        place,
        enabled.size(),
        slot.shownLabel(),
        folder.path().resolve(slot.name()),
        masked ? Optional.of(folder.mask(slot.name())) : Optional.empty(),
        Fingerprints.of(folder, slot.name()));
  }

  private int byIndex(long index) {
    requireImages();
    if (index < 0 || index >= enabled.size()) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "slot-index-out-of-range",
          "There is no image at index " + index + " in " + title.get() + ".",
          enabled.size() == 1
              ? "It has one enabled image, at index 0."
              : "It has " + enabled.size() + " enabled images: 0 to " + (enabled.size() - 1) + ".",
          "Index -1 takes the active image.");
    }
    return (int) index;
  }

  private int byName(String name) {
    if (name.isEmpty()) {
      requireImages();
    }
    @Nullable String wanted = name.isEmpty() ? listing.state().activeAmong(listing::usable) : name;
    for (int place = 0; place < enabled.size(); place++) {
      if (enabled.get(place).name().equals(wanted)) {
        return place;
      }
    }
    throw listing.present().containsKey(name) ? disabled(name) : missing(name);
  }

  private void requireImages() {
    if (!enabled.isEmpty()) {
      return;
    }
    boolean empty = listing.present().isEmpty();
    throw new TidepoolException(
        ErrorKind.CONFLICT,
        "pool-empty",
        "There is no " + (empty ? "" : "enabled ") + "image in " + title.get() + ".",
        empty
            ? "Add one: drop image files on the Image Pool node that shows it, or press its \"Add\" button."
            : "Enable one in the Image Pool node that shows it.");
  }

  private TidepoolException missing(String name) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "slot-not-found",
        "There is no image " + Texts.quoted(name) + " in " + title.get() + ".",
        "It was removed or renamed: choose another image in the Image Pool node.");
  }

  private TidepoolException disabled(String name) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "slot-disabled",
        "The image " + Texts.quoted(name) + " in " + title.get() + " is disabled.",
        "Enable it, or choose another image in the Image Pool node.");
  }
}
