package dev.tidepool.environment;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * What one {@link Change} does to the disk, from its begin to its commit. Before each step the undo
 * log says how to take it back. For one thread.
 */
final class LoggedDisk {
  private final ChangeFolder folder;
  private final UndoLog log;
  private final Disk disk;
  private int kept;
  private boolean broken;

  LoggedDisk(ChangeFolder folder, UndoLog log, Disk disk) {
    this.folder = folder;
    this.log = log;
    this.disk = disk;
  }

  void begin(String what) throws IOException {
    // All that an undo needs is made now: there may be no space for it later.
    disk.folders(List.of(folder.folder(), folder.kept(), folder.staging(), folder.undone()));
    log.begin(what);
  }

  void commit() throws IOException {
    require();
    disk.move(folder.log(), folder.committed());
    Folders.deleteQuietly(folder.folder());
  }

  /** Requires that there can be a next step. */
  void require() {
    if (broken || !folder.isOpen()) {
      throw new IllegalStateException("the change is over");
    }
  }

  /** A folder for what is prepared before it is put into its place. */
  Path staging() {
    return folder.staging();
  }

  /** A free path for what an undo brings back. */
  Path keep() {
    return folder.kept().resolve(Integer.toString(++kept));
  }

  /** Replaces files, or makes them with the folders they lie in. */
  void write(Map<Path, byte[]> contents) throws IOException {
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

  /** Makes a folder with those above it, unless it is there. */
  void folder(Path target) throws IOException {
    Collection<Path> folders = missing(List.of(target.resolve(".")));
    if (!folders.isEmpty()) {
      add(made(folders));
      disk.folders(folders);
    }
  }

  void move(Path from, Path to) throws IOException {
    move(Map.of(from, to));
  }

  /**
   * Renames files and folders, none of them inside of another.
   *
   * @throws FileAlreadyExistsException when something has one of the new names
   */
  void move(Map<Path, Path> moves) throws IOException {
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

  /** Keeps a {@link Twin} of a folder that another program is about to change. */
  void beforeChangeOf(Path target) throws IOException {
    twin(target, path -> true, Entry.FolderChanged::new);
  }

  /** Keeps the branches, tags and index of a repository that git is about to change. */
  void beforeGitChanges(Path repository) throws IOException {
    twin(repository, GitNames::belongs, Entry.HistoryChanged::new);
  }

  private void twin(Path folder, Predicate<Path> wanted, BiFunction<Path, Path, Entry> undo)
      throws IOException {
    if (Folders.isReal(folder)) {
      Path twin = keep();
      disk.twin(folder, twin, wanted);
      add(List.of(undo.apply(folder, twin)));
    } else {
      add(List.of(new Entry.Appears(folder)));
    }
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
    folders.forEach(made -> entries.add(new Entry.FolderMade(made)));
    return entries;
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
}
