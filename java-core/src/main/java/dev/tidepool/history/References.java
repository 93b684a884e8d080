package dev.tidepool.history;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.RefUpdate;

/** Reads what became of an update of HEAD or of a tag. */
final class References {
  private References() {}

  static void expect(RefUpdate.Result result, Path cec) throws IOException {
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      case LOCK_FAILURE -> throw HistoryFailures.locked(cec, new IOException("a ref is locked"));
      default -> throw new IOException("git refused to move a ref: " + result);
    }
  }
}
