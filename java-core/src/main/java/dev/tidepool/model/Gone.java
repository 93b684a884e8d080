package dev.tidepool.model;

import dev.tidepool.model.IndexReport.Unreadable;
import dev.tidepool.model.ScanPlan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells what became of the rows at whose places nothing was found. A place that could not be looked
 * at says nothing of its rows.
 *
 * @param absorbed rows of files that now are a part of another model, or have another row
 * @param lost rows of files that are not there, or no model any more
 */
record Gone(List<KnownFile> absorbed, List<KnownFile> lost) {
  Gone {
    absorbed = List.copyOf(absorbed);
    lost = List.copyOf(lost);
  }

  boolean isEmpty() {
    return absorbed.isEmpty() && lost.isEmpty();
  }

  /**
   * Sorts the rows.
   *
   * @param closed the places of what could not be looked at
   */
  static Gone among(
      Collection<KnownFile> rest, List<Scan> scans, Set<String> closed, List<FoundFile> found) {
    List<KnownFile> candidates = new ArrayList<>();
    for (KnownFile row : rest) {
      if (!row.missing() && isIn(scans, row) && !isAtOrBelow(row.place(), closed)) {
        candidates.add(row);
      }
    }
    List<KnownFile> absorbed = new ArrayList<>();
    List<KnownFile> lost = new ArrayList<>();
    Set<String> places = new HashSet<>();
    Set<String> folders = new HashSet<>();
    if (!candidates.isEmpty()) {
      for (FoundFile file : found) {
        (file.isFolder() ? folders : places).add(file.place());
      }
    }
    for (KnownFile row : candidates) {
      if (places.contains(row.place()) || isAtOrBelow(row.place(), folders)) {
        absorbed.add(row);
      } else if (!stands(row)) {
        lost.add(row);
      }
    }
    return new Gone(absorbed, lost);
  }

  /** The place of a path, as {@link #among} takes it. */
  static String place(Path path) {
    String below = FoundFile.place(path.toString(), "");
    return below.substring(0, below.length() - 1);
  }

  /** Whether an unreadable path, or what lies below it, is the place of a row. */
  static boolean concerns(Unreadable one, Collection<KnownFile> rows) {
    Set<String> place = Set.of(place(one.path()));
    return rows.stream().anyMatch(row -> !row.missing() && isAtOrBelow(row.place(), place));
  }

  private static boolean isIn(List<Scan> scans, KnownFile row) {
    for (Scan scan : scans) {
      if (row.place().startsWith(FoundFile.place(scan.start().toString(), ""))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAtOrBelow(String place, Set<String> places) {
    if (places.isEmpty()) {
      return false;
    }
    String above = place;
    while (!above.isEmpty()) {
      if (places.contains(above)) {
        return true;
      }
      above = above.substring(0, Math.max(0, above.lastIndexOf('/')));
    }
    return false;
  }

  /** Whether the file is there as it was: it came back meanwhile, or no walk comes by it. */
  static boolean stands(KnownFile row) {
    try {
      Path path = Path.of(row.root(), row.relative());
      if (row.folder()) {
        return Walk.folder(path).stamp().equals(row.stamp());
      }
      return row.stamped()
          ? Files.isRegularFile(path) && FoundFile.isStill(path, row.stamp())
          : Files.isRegularFile(path) && Files.size(path) == row.stamp().size();
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }
}
