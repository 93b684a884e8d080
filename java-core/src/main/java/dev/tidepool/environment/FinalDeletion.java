package dev.tidepool.environment;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Deletes things of a trash for good. First they take a name that nothing is restored from: half of
 * one, which a process that died leaves, must not come back as if it were whole.
 */
final class FinalDeletion {
  private static final String PREFIX = ".gone-";

  private FinalDeletion() {}

  static void of(Path place) throws IOException {
    Path gone = place.resolveSibling(PREFIX + place.getFileName());
    Folders.delete(gone);
    AtomicFiles.move(place, gone);
    Folders.delete(gone);
  }

  /** Deletes what an interrupted one left in a trash. */
  static void finish(Path trash) throws IOException {
    for (Path child : Folders.children(trash)) {
      if (String.valueOf(child.getFileName()).startsWith(PREFIX)) {
        Folders.delete(child);
      }
    }
  }
}
