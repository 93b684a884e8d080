package dev.tidepool.environment;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change of an environment that happens whole or not at all, one at a time. Before each step the
 * undo log says on disk how to take it back. When the work throws, when the user stops it, or when
 * the process dies, everything is taken back in reverse: at once, or by the next command on that
 * environment. Once the work returned, the new state stays.
 *
 * <pre>{@code
 * Change.of(environment, "node add", change -> {
 *   change.put(environment.customNodes().resolve("x"), prepared);
 *   change.write(environment.pyproject(), text);
 *   change.python(() -> project.sync(environment, steps));
 *   return null;
 * });
 * }</pre>
 *
 * <p>What is changed past these methods is not taken back. For one thread.
 */
public final class Change {
  private final Environment environment;
  private final LoggedDisk disk;
  private final Instant begun;

  private Change(Environment environment) {
    this.environment = environment;
    this.disk = new LoggedDisk(environment.change(), environment.undoLog(), environment.disk());
    this.begun = environment.clock().instant();
  }

  /**
   * Work that changes an environment.
   *
   * @param <T> what the work answers
   */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work through the change. */
    T run(Change change) throws IOException;
  }

  /** Work of another program. */
  @FunctionalInterface
  public interface OutsideWork {
    /** Does the work. */
    void run() throws IOException;
  }

  /**
   * Does work that changes the environment, after taking back what an interrupted change left.
   *
   * @param what what is done, in the words of the command: {@code node add}
   * @throws TidepoolException what the work threw, when all was taken back; {@code
   *     change-not-undone} when that failed too; {@code store-busy} when another change takes
   *     longer than two minutes
   */
  public static <T> T of(Environment environment, String what, Work<T> work) {
    Recovery recovery = new Recovery(environment);
    return recovery.holding(
        () -> {
          recovery.recover();
          Change change = new Change(environment);
          try {
            change.disk.begin(what);
            T answer = work.run(change);
            change.disk.commit();
            return answer;
          } catch (IOException | RuntimeException | Error e) {
            recovery.takeBack(what, e);
            throw e;
          }
        });
  }

  /**
   * Takes back what an interrupted change left behind, if there is something; waits for a change
   * that is under way.
   *
   * @return what the interrupted change was, in the words of its command
   */
  public static Optional<String> recover(Environment environment) {
    if (!environment.change().isThere() || environment.changeLock().isHeldHere()) {
      return Optional.empty();
    }
    Recovery recovery = new Recovery(environment);
    return recovery.holding(recovery::recover);
  }

  /** A folder for what is prepared before it is put into its place. */
  public Path staging() {
    disk.require();
    return disk.staging();
  }

  /** Replaces a file, or makes it with the folders it lies in. */
  public void write(Path target, byte[] content) throws IOException {
    write(Map.of(target, content));
  }

  /** Replaces or makes several files; cheaper than one after the other. */
  public void write(Map<Path, byte[]> contents) throws IOException {
    disk.require();
    disk.write(contents);
  }

  /**
   * Moves a prepared file or folder into its place. What was there is gone once the change is done:
   * take it to the trash before when it may be the user's.
   *
   * @param prepared on the same device, best in {@link #staging}
   */
  public void put(Path target, Path prepared) throws IOException {
    disk.require();
    if (Folders.isReal(prepared)) {
      Folders.syncTree(prepared);
    }
    if (Folders.isThere(target)) {
      disk.move(target, disk.keep());
    }
    disk.move(prepared, target);
  }

  /** Makes a folder with those above it, unless it is there. */
  public void folder(Path target) throws IOException {
    disk.require();
    disk.folder(target);
  }

  /**
   * Moves something to the environment's trash.
   *
   * @return where it is now
   */
  public Path trash(Path target) throws IOException {
    disk.require();
    Path place = environment.takenAway(begun).place(target);
    disk.move(target, place);
    return place;
  }

  /** Moves several things there, none of them inside of another; cheaper than one by one. */
  public void trash(Collection<Path> targets) throws IOException {
    disk.require();
    Map<Path, Path> moves = new LinkedHashMap<>();
    Set<Path> places = new HashSet<>();
    for (Path target : targets) {
      Path place = environment.takenAway(begun).place(target);
      if (!places.add(place)) {
        disk.move(moves);
        moves.clear();
        place = environment.takenAway(begun).place(target);
      }
      moves.put(target, place);
    }
    disk.move(moves);
  }

  /**
   * Renames a file or a folder.
   *
   * @throws FileAlreadyExistsException when something has the new name
   */
  public void rename(Path from, Path to) throws IOException {
    rename(Map.of(from, to));
  }

  /**
   * Renames several, none of them inside of another; cheaper than one by one.
   *
   * @param moves the new path of each
   * @throws FileAlreadyExistsException when something has one of the new names
   */
  public void rename(Map<Path, Path> moves) throws IOException {
    disk.require();
    disk.move(moves);
  }

  /** Deletes what is not the user's; nothing there is fine. */
  public void delete(Path target) throws IOException {
    delete(List.of(target));
  }

  /** Deletes several such things, none of them inside of another; cheaper than one by one. */
  public void delete(Collection<Path> targets) throws IOException {
    disk.require();
    Map<Path, Path> moves = new LinkedHashMap<>();
    for (Path target : targets) {
      if (Folders.isThere(target)) {
        moves.put(target, disk.keep());
      }
    }
    disk.move(moves);
  }

  /** Lets uv change the environment's Python; its old state is kept as a {@link Twin} first. */
  public void python(OutsideWork work) throws IOException {
    disk.require();
    disk.beforeChangeOf(environment.venv());
    work.run();
  }

  /** Lets git change the environment's repository; its branches, tags and index are kept first. */
  public void history(OutsideWork work) throws IOException {
    disk.require();
    disk.beforeGitChanges(environment.cec().resolve(".git"));
    work.run();
  }
}
