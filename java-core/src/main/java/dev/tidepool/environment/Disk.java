package dev.tidepool.environment;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/**
 * Every step that a change takes on disk, each durable when it returns. A process can die between
 * two of them, and in the middle of {@link #append}, {@link #create}, {@link #twin} and {@link
 * #delete}; the others happen or do not.
 */
class Disk {
  /** Makes a folder; its parent is there. */
  void folder(Path folder) throws IOException {
    Files.createDirectory(folder);
    Folders.sync(parent(folder));
  }

  /** Writes a file into a folder that only the change looks into. */
  void create(Path file, byte[] content) throws IOException {
    AtomicFiles.create(file, content);
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

  /** Gives a file a second name: a hard link, or a copy where there are none. */
  void link(Path file, Path second) throws IOException {
    Twin.ofFile(file, second);
    Folders.sync(parent(second));
  }

  /** Gives a folder's content a second place; see {@link Twin}. */
  void twin(Path folder, Path second, Predicate<Path> wanted) throws IOException {
    Twin.ofFolder(folder, second, wanted);
    Folders.sync(parent(second));
  }

  /** Renames in one step, over a file that is there. */
  void move(Path from, Path to) throws IOException {
    AtomicFiles.move(from, to);
  }

  /** Deletes a file or a folder with all that is in it. */
  void delete(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Folders.delete(path);
      Folders.sync(parent(path));
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
