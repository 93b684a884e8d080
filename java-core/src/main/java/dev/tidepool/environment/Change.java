package dev.tidepool.environment;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  private final ChangeFolder folder;
  private final UndoLog log;
  private final Disk disk;
  private final Instant begun;
  private int kept;
  private boolean broken;

  private Change(Environment environment) {
    this.environment = environment;
    this.folder = environment.change();
    this.disk = environment.disk();
    this.log = environment.undoLog();
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
            change.begin(what);
            T answer = work.run(change);
            change.commit();
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
    require();
    return folder.staging();
  }

  /** Replaces a file, or makes it with the folders it lies in. */
  public void write(Path target, byte[] content) throws IOException {
    write(Map.of(target, content));
  }

  /** Replaces or makes several files; cheaper than one after the other. */
  public void write(Map<Path, byte[]> contents) throws IOException {
    require();
    Map<Path, byte[]> prepared = new LinkedHashMap<>();
    Map<Path, Path> seconds = new LinkedHashMap<>();
    Map<Path, Path> moves = new LinkedHashMap<>();
    Collection<Path> folders = missing(contents.keySet());
    List<Entry> entries = made(folders);
    // One content often goes to two places.
    IdentityHashMap<byte[], String> digests = new IdentityHashMap<>();
    for (Map.Entry<Path, byte[]> content : contents.entrySet()) {
      Path target = content.getKey();
      Path file = staging().resolve("write-" + ++kept);
      prepared.put(file, content.getValue());
      moves.put(file, target);
      String sha256 = digests.computeIfAbsent(content.getValue(), Sha256::of);
      if (Folders.isThere(target)) {
        Path second = keep();
        seconds.put(target, second);
        entries.add(new Entry.FileReplaced(target, second, sha256));
      } else {
        entries.add(new Entry.FileMade(target, sha256));
      }
    }
    disk.create(prepared);
    disk.link(seconds);
    add(entries);
    disk.folders(folders);
    disk.move(moves);
  }

  /**
   * Moves a prepared file or folder into its place. What was there is gone once the change is done:
   * take it to the trash before when it may be the user's.
   *
   * @param prepared on the same device, best in {@link #staging}
   */
  public void put(Path target, Path prepared) throws IOException {
    require();
    if (Folders.isReal(prepared)) {
      Folders.syncTree(prepared);
    }
    if (Folders.isThere(target)) {
      move(target, keep());
    }
    move(prepared, target);
  }

  /** Makes a folder with those above it, unless it is there. */
  public void folder(Path target) throws IOException {
    require();
    Collection<Path> folders = missing(List.of(target.resolve(".")));
    if (!folders.isEmpty()) {
      add(made(folders));
      disk.folders(folders);
    }
  }

  /**
   * Moves something to the environment's trash.
   *
   * @return where it is now
   */
  public Path trash(Path target) throws IOException {
    require();
    Path place = environment.takenAway(begun).place(target);
    move(target, place);
    return place;
  }

  /** Moves several things there, none of them inside of another; cheaper than one by one. */
  public void trash(Collection<Path> targets) throws IOException {
    require();
    Map<Path, Path> moves = new LinkedHashMap<>();
    Set<Path> places = new HashSet<>();
    for (Path target : targets) {
      Path place = environment.takenAway(begun).place(target);
      if (!places.add(place)) {
        move(moves);
        moves.clear();
        place = environment.takenAway(begun).place(target);
      }
      moves.put(target, place);
    }
    move(moves);
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
    require();
    move(moves);
  }

  /** Deletes what is not the user's; nothing there is fine. */
  public void delete(Path target) throws IOException {
    delete(List.of(target));
  }

  /** Deletes several such things, none of them inside of another; cheaper than one by one. */
  public void delete(Collection<Path> targets) throws IOException {
    require();
    Map<Path, Path> moves = new LinkedHashMap<>();
    for (Path target : targets) {
      if (Folders.isThere(target)) {
        moves.put(target, keep());
      }
    }
    move(moves);
  }

  /** Lets uv change the environment's Python; its old state is kept as a {@link Twin} first. */
  public void python(OutsideWork work) throws IOException {
    outside(environment.venv());
    work.run();
  }

  /** Lets git change the environment's repository; its branches, tags and index are kept first. */
  public void history(OutsideWork work) throws IOException {
    require();
    Path repository = environment.cec().resolve(".git");
    if (Folders.isReal(repository)) {
      Path names = keep();
      disk.twin(repository, names, GitNames::belongs);
      add(List.of(new Entry.HistoryChanged(repository, names)));
    } else {
      add(List.of(new Entry.Appears(repository)));
    }
    work.run();
  }

  private void outside(Path target) throws IOException {
    require();
    if (Folders.isReal(target)) {
      Path twin = keep();
      disk.twin(target, twin, path -> true);
      add(List.of(new Entry.FolderChanged(target, twin)));
    } else {
      add(List.of(new Entry.Appears(target)));
    }
  }

  private void move(Path from, Path to) throws IOException {
    move(Map.of(from, to));
  }

  private void move(Map<Path, Path> moves) throws IOException {
    if (moves.isEmpty()) {
      return;
    }
    Collection<Path> folders = missing(moves.values());
    List<Entry> entries = made(folders);
    for (Map.Entry<Path, Path> move : moves.entrySet()) {
      if (Folders.isThere(move.getValue())) {
        throw new FileAlreadyExistsException(move.getValue().toString());
      }
      entries.add(new Entry.Moved(move.getKey(), move.getValue()));
    }
    add(entries);
    disk.folders(folders);
    disk.move(moves);
  }

  /** The folders above some paths that are not there yet, each after the one it belongs into. */
  private static Collection<Path> missing(Collection<Path> paths) {
    Set<Path> all = new LinkedHashSet<>();
    for (Path below : paths) {
      Deque<Path> missing = new ArrayDeque<>();
      for (Path above = below.getParent();
          above != null && !all.contains(above) && !Files.isDirectory(above);
          above = above.getParent()) {
        missing.push(above);
      }
      all.addAll(missing);
    }
    return all;
  }

  /** What takes back that folders are made. */
  private static List<Entry> made(Collection<Path> folders) {
    List<Entry> entries = new ArrayList<>();
    folders.forEach(folder -> entries.add(new Entry.FolderMade(folder)));
    return entries;
  }

  private Path keep() {
    return folder.kept().resolve(Integer.toString(++kept));
  }

  private void add(List<Entry> entries) throws IOException {
    try {
      log.add(entries);
    } catch (IOException e) {
      // Half a line may be there, and nothing must come after it.
      broken = true;
      throw e;
    }
  }

  private void require() {
    if (broken || !folder.isOpen()) {
      throw new IllegalStateException("the change is over");
    }
  }

  private void begin(String what) throws IOException {
    // All that an undo needs is made now: there may be no space for it later.
    disk.folders(List.of(folder.folder(), folder.kept(), folder.staging(), folder.undone()));
    log.begin(what);
  }

  private void commit() throws IOException {
    require();
    disk.move(folder.log(), folder.committed());
    Folders.deleteQuietly(folder.folder());
  }
}
