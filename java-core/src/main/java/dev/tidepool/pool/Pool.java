package dev.tidepool.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool as it is at one moment.
 *
 * @param id its folder's name
 * @param revision differs after every change, also after one made by hand in the folder
 * @param active the name of the active slot; null when no slot is enabled
 * @param slots every image, in the pool's order
 */
public record Pool(String id, String revision, @Nullable String active, List<Slot> slots) {
  /** Copies the list. */
  public Pool {
    slots = List.copyOf(slots);
  }
}
