package dev.tidepool.history;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.IoWork;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;

/** Says in words of the user what JGit could not do. */
final class HistoryFailures {
  private HistoryFailures() {}

  static <T> T translate(Path cec, String doing, IoWork<T> work) {
    return StorageFailures.translate(doing, () -> translated(cec, work));
  }

  private static <T> T translated(Path cec, IoWork<T> work) throws IOException {
    try {
      return work.run();
    } catch (RepositoryNotFoundException e) {
      throw missing(cec, e);
    } catch (LockFailedException e) {
      throw locked(cec, e);
    } catch (CorruptObjectException | MissingObjectException e) {
      throw new TidepoolException(
          e,
          ErrorKind.MALFORMED,
          "history-damaged",
          "The git repository in " + cec + " is damaged: " + e.getMessage() + ".",
          "git -C '" + cec + "' fsck tells more.");
    }
  }

  static TidepoolException missing(Path cec, IOException cause) {
    return new TidepoolException(
        cause,
        ErrorKind.NOT_FOUND,
        "history-missing",
        "There is no git repository in " + cec + ", so the environment has no versions.",
        "Make one with git init there and commit, or bring back the folder .git.");
  }

  static TidepoolException locked(Path cec, IOException cause) {
    return new TidepoolException(
        cause,
        ErrorKind.UNAVAILABLE,
        "history-locked",
        "Another git is at work in " + cec + ", or was killed there.",
        "When no git runs, delete " + cec.resolve(".git").resolve("index.lock") + ".");
  }
}
