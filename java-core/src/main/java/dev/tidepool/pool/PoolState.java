package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pool.json} holds: the user's own arrangement of the images.
 *
 * @param changes counts the writes
 * @param active the active slot's name, which may have vanished since
 * @param slots in the pool's order; files that are not named here follow
 * @param removal an unfinished removal, or null
 */
record PoolState(
    long changes, @Nullable String active, List<StoredSlot> slots, @Nullable Removal removal) {

  /**
   * Images that do not belong to the pool, although they may lie in its folder: they are on their
   * way out, or a crash kept them from coming in together with others.
   *
   * @param place the name of the folder in the trash that they belong in
   * @param names of the files in the pool's folder
   * @param origins the names that they get in the trash, in the same order
   */
  record Removal(String place, List<String> names, List<String> origins) {
    Removal {
      names = List.copyOf(names);
      origins = List.copyOf(origins);
    }

    Removal(String place, List<String> names) {
      this(place, names, names);
    }
  }

  PoolState {
    slots = List.copyOf(slots);
  }

  static PoolState empty() {
    return new PoolState(0, null, List.of(), null);
  }

  boolean hides(String name) {
    return removal != null && removal.names().contains(name);
  }

  PoolState withActive(@Nullable String name) {
    return new PoolState(changes, name, slots, removal);
  }

  PoolState withSlots(List<StoredSlot> newSlots) {
    return new PoolState(changes, active, newSlots, removal);
  }

  PoolState withRemoval(@Nullable Removal newRemoval) {
    return new PoolState(changes, active, slots, newRemoval);
  }

  PoolState counted() {
    return new PoolState(changes + 1, active, slots, removal);
  }

  PoolState changing(Predicate<StoredSlot> which, UnaryOperator<StoredSlot> change) {
    return withSlots(
        slots.stream().map(slot -> which.test(slot) ? change.apply(slot) : slot).toList());
  }

  /** The named slots first, in this order, and the others after them in theirs. */
  PoolState withFirst(List<String> names) {
    Map<String, StoredSlot> rest = new LinkedHashMap<>();
    slots.forEach(slot -> rest.put(slot.name(), slot));
    List<StoredSlot> ordered = new ArrayList<>(slots.size());
    for (String name : new LinkedHashSet<>(names)) {
      @Nullable StoredSlot slot = rest.remove(name);
      if (slot != null) {
        ordered.add(slot);
      }
    }
    ordered.addAll(rest.values());
    return withSlots(ordered);
  }

  /**
   * Refuses names that are no slots of this pool.
   *
   * @param pool its id
   */
  void requireSlots(String pool, List<String> names) {
    Set<String> known = byName().keySet();
    for (String name : names) {
      if (!known.contains(name)) {
        throw noSlot(pool, name);
      }
    }
  }

  static TidepoolException noSlot(String pool, String name) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "slot-not-found",
        "The pool " + pool + " has no image " + Texts.quoted(name) + ".",
        "List the pool to see its images.");
  }

  Map<String, StoredSlot> byName() {
    Map<String, StoredSlot> result = new HashMap<>(slots.size() * 2);
    slots.forEach(slot -> result.put(slot.name(), slot));
    return result;
  }

  /**
   * The slot that is really active: the chosen one while it can be, else its next neighbour that
   * can, else the one before.
   *
   * @param usable whether the slot is there and enabled
   */
  @Nullable String activeAmong(Predicate<StoredSlot> usable) {
    int chosen = 0;
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).name().equals(active)) {
        chosen = i;
      }
    }
    List<StoredSlot> byNearness = new ArrayList<>(slots.subList(chosen, slots.size()));
    for (int i = chosen - 1; i >= 0; i--) {
      byNearness.add(slots.get(i));
    }
    for (StoredSlot slot : byNearness) {
      if (usable.test(slot)) {
        return slot.name();
      }
    }
    return null;
  }
}
