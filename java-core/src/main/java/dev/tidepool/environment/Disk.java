package dev.tidepool.environment;

import dev.tidepool.io.Folders;
import dev.tidepool.io.ParallelWork;
import dev.tidepool.io.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every step that a change takes on disk. Those that are given together come one after the other,
 * and all of them are durable when the method returns; until then, a failure of power may leave any
 * of them done. A process can die between two steps, and in the middle of {@link #append}, {@link
 * #write}, {@link #twin} and {@link #delete}; the others happen or do not.
 */
class Disk {
  /** Devices write several files down in little more time than one. */
  private static final int FLUSHES = 8;

  /** Makes folders; the parent of each is there, or comes before it. */
  final void folders(Collection<Path> folders) throws IOException {
    for (Path folder : folders) {
      folder(folder);
    }
    syncParents(folders);
  }

  /**
   * Writes files into a folder that only the change looks into. What they hold is durable, not yet
   * that they are there.
   */
  final void create(Map<Path, byte[]> files) throws IOException {
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      write(file.getKey(), file.getValue());
    }
    if (files.size() == 1) {
      flush(files.keySet().iterator().next());
      return;
    }
    try {
      new ParallelWork("writing files", FLUSHES).with(List.copyOf(files.keySet()), Disk::flushed);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Path flushed(Path file) {
    try {
      return flush(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path flush(Path file) throws IOException {
    return Uninterrupted.run(
        () -> {
          Folders.syncFile(file);
          return file;
        });
  }

  /** Gives files a second name: a hard link, or a copy where there are none. */
  final void link(Map<Path, Path> seconds) throws IOException {
    for (Map.Entry<Path, Path> second : seconds.entrySet()) {
      link(second.getKey(), second.getValue());
    }
    syncParents(seconds.values());
  }

  /** Renames, each in one step, over a file that is there. */
  final void move(Map<Path, Path> moves) throws IOException {
    Set<Path> paths = new LinkedHashSet<>(moves.values());
    for (Map.Entry<Path, Path> move : moves.entrySet()) {
      rename(move.getKey(), move.getValue());
      paths.add(move.getKey());
    }
    syncParents(paths);
  }

  /** Renames in one step, over a file that is there. */
  final void move(Path from, Path to) throws IOException {
    move(Map.of(from, to));
  }

  /** One step of {@link #folders}. */
  void folder(Path folder) throws IOException {
    Files.createDirectory(folder);
  }

  /** One step of {@link #create}. */
  void write(Path file, byte[] content) throws IOException {
    Uninterrupted.run(() -> Files.write(file, content));
  }

  /** One step of {@link #link(Map)}. */
  void link(Path file, Path second) throws IOException {
    Twin.ofFile(file, second);
  }

  /** One step of {@link #move(Map)}. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Adds lines at the end of a file. */
  void append(Path file, byte[] lines) throws IOException {
    Uninterrupted.run(
        () -> {
          try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer buffer = ByteBuffer.wrap(lines);
            while (buffer.hasRemaining()) {
              channel.write(buffer);
            }
            channel.force(true);
          }
          return file;
        });
  }

  /** Gives a folder's content a second place; see {@link Twin}. */
  void twin(Path folder, Path second, Predicate<Path> wanted) throws IOException {
    Twin.ofFolder(folder, second, wanted);
    Folders.sync(parent(second));
  }

  /** Deletes a file or a folder with all that is in it. */
  void delete(Path path) throws IOException {
    if (Folders.isThere(path)) {
      Folders.delete(path);
      Folders.sync(parent(path));
    }
  }

  private static void syncParents(Collection<Path> paths) throws IOException {
    Set<Path> parents = new LinkedHashSet<>();
    for (Path path : paths) {
      parents.add(parent(path));
    }
    for (Path parent : parents) {
      Folders.sync(parent);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file system root has no parent");
    }
    return parent;
  }
}
