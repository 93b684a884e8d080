package dev.tidepool.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the rows of the index and the files that were found.
 *
 * @param settled files whose key is known without reading them
 * @param unread files that have to be read
 * @param gone rows whose place none of the found files is at; from all roots
 */
record Changes(List<Settled> settled, List<Unread> unread, Map<String, KnownFile> gone) {

  /**
   * A file whose key is known.
   *
   * @param before the row of the place it was at, which becomes its row; null for one more place
   */
  record Settled(FoundFile file, String key, @Nullable KnownFile before) {
    boolean isMove() {
      return before != null && !before.place().equals(file.place());
    }
  }

  /**
   * A file to read.
   *
   * @param before the row of the same place, if there is one
   */
  record Unread(FoundFile file, @Nullable KnownFile before) {}

  /**
   * Compares.
   *
   * @param known the rows by place; those that are accounted for are taken out
   */
  static Changes between(List<FoundFile> found, Map<String, KnownFile> known) {
    List<FoundFile> others = new ArrayList<>();
    Map<FoundFile, KnownFile> rows = new HashMap<>();
    List<Settled> settled = new ArrayList<>();
    @Nullable Map<Stamp, KnownFile> stamps = null;
    for (FoundFile file : found) {
      KnownFile row = known.get(file.place());
      if (row == null || !row.holdsFor(file)) {
        if (stamps == null) {
          stamps = byStamp(known);
        }
        others.add(file);
      }
    }
    for (FoundFile file : found) {
      KnownFile row = known.remove(file.place());
      if (row == null) {
        continue;
      }
      if (!row.holdsFor(file)) {
        rows.put(file, row);
      } else if (row.missing() || !row.root().equals(file.root())) {
        settled.add(new Settled(file, row.key(), row));
      }
    }
    List<Unread> unread = new ArrayList<>();
    Set<Long> taken = new HashSet<>();
    for (FoundFile file : others) {
      @Nullable KnownFile twin = stamps == null ? null : stamps.get(file.stamp());
      if (twin == null || !twin.holdsFor(file) || file.stamp().inode() == 0) {
        unread.add(new Unread(file, rows.get(file)));
      } else if (known.containsKey(twin.place()) && !twin.exists() && taken.add(twin.id())) {
        known.remove(twin.place());
        settled.add(new Settled(file, twin.key(), twin));
      } else {
        settled.add(new Settled(file, twin.key(), null));
      }
    }
    return new Changes(settled, unread, known);
  }

  private static Map<Stamp, KnownFile> byStamp(Map<String, KnownFile> known) {
    Map<Stamp, KnownFile> stamps = new HashMap<>();
    for (KnownFile row : known.values()) {
      if (row.stamped() && row.own()) {
        stamps.merge(row.stamp(), row, (a, b) -> a.exists() ? b : a);
      }
    }
    return stamps;
  }
}
