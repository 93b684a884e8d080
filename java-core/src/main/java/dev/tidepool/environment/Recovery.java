package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.IoWork;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.util.Optional;

/** Takes back changes of one environment that did not come to their end. */
final class Recovery {
  private final Environment environment;

  Recovery(Environment environment) {
    this.environment = environment;
  }

  /** Takes everything back after the work threw. */
  void takeBack(String what, Throwable reason) {
    boolean interrupted = Thread.interrupted();
    try {
      undo();
    } catch (IOException | RuntimeException e) {
      e.addSuppressed(reason);
      throw new TidepoolException(
          e,
          ErrorKind.STORAGE,
          "change-not-undone",
          "The "
              + what
              + " of "
              + environment.name()
              + " failed, and could not be taken back: "
              + e.getMessage()
              + ".",
          "The next command on this environment tries again.",
          "It failed because: " + reason.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Takes back what an interrupted change left, and tells what that was; the lock is held. */
  Optional<String> recover() throws IOException {
    ChangeFolder folder = environment.change();
    Optional<String> what =
        folder.isOpen() ? Optional.of(environment.undoLog().what()) : Optional.empty();
    if (what.isPresent()) {
      Orphans.end(environment.folder());
    }
    undo();
    return what;
  }

  private void undo() throws IOException {
    ChangeFolder folder = environment.change();
    Disk disk = environment.disk();
    if (folder.isOpen()) {
      new Undo(folder, environment.takenAway(environment.clock().instant()), disk)
          .run(environment.undoLog().entries());
      disk.delete(folder.log());
    }
    if (folder.isThere()) {
      disk.delete(folder.folder());
    }
  }

  /** Does work while no other change of the environment is under way. */
  <T> T holding(IoWork<T> work) {
    return StorageFailures.translate(
        "change the environment " + environment.name() + " in " + environment.folder(),
        () -> {
          if (environment.changeLock().isHeldHere()) {
            throw new IllegalStateException("a change is under way");
          }
          return environment.changeLock().holding(work);
        });
  }
}
