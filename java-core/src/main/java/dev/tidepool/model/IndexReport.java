package dev.tidepool.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one indexing did.
 *
 * @param roots the folders that were looked through
 * @param files how many models' files there are in them now
 * @param added files that had not been known
 * @param changed files whose content had to be read again
 * @param moved files that were found in another place, without reading them where that was certain
 * @param gone files that were there before and are marked as missing now
 * @param hashedBytes how much was read to identify files
 * @param collisions files whose quick key another model has, and which got a longer one
 * @param unreadable what could not be read; what was known about it stays
 * @param unavailable roots that are not there, or empty where they had files; nothing in them is
 *     marked as missing
 */
public record IndexReport(
    List<Path> roots,
    int files,
    int added,
    int changed,
    int moved,
    int gone,
    long hashedBytes,
    int collisions,
    List<Unreadable> unreadable,
    List<Path> unavailable) {
  public IndexReport {
    roots = List.copyOf(roots);
    unreadable = List.copyOf(unreadable);
    unavailable = List.copyOf(unavailable);
  }

  /** The same, and more that could not be read. */
  public IndexReport with(List<Unreadable> more) {
    List<Unreadable> all = new ArrayList<>(unreadable);
    all.addAll(more);
    return new IndexReport(
        roots, files, added, changed, moved, gone, hashedBytes, collisions, all, unavailable);
  }

  /**
   * A file or folder that could not be read.
   *
   * @param reason as it follows a colon
   */
  public record Unreadable(Path path, String reason) {}
}
