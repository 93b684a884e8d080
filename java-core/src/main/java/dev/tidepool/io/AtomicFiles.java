package dev.tidepool.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/**
 * Writes that a crash cannot halve: into a temporary file beside the target, to the device, then
 * renamed over the target. Whoever writes holds the store's lock, so the temporary name is fixed
 * and a file left by a crash is overwritten by the next write.
 *
 * <p>All this is short, and is done even in a thread that is interrupted.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Replaces the target's content, or makes the file; its folder must exist. */
  public static void write(Path target, byte[] content) throws IOException {
    try {
      prepare(target, content);
      move(temporary(target), target);
    } catch (IOException e) {
      Folders.deleteQuietly(temporary(target));
      throw e;
    }
  }

  /** Writes the content into the target's temporary file, and that to the device. */
  public static void prepare(Path target, byte[] content) throws IOException {
    writeThrough(temporary(target), content);
  }

  /**
   * Writes the content into a new file beside the target, and that to the device, for a target in a
   * folder of the user's where no lock keeps others from doing the same. Nothing that is already
   * there is opened, links that somebody planted included. The file gets the target's permissions.
   *
   * @return the file, whose name begins with a dot and ends in .tmp; whoever asked moves or deletes
   *     it
   */
  public static Path beside(Path target, byte[] content) throws IOException {
    Path file = target.resolveSibling(".tidepool-" + UUID.randomUUID() + ".tmp");
    try {
      writeThrough(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (Files.getFileStore(target).supportsFileAttributeView(PosixFileAttributeView.class)) {
        Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(target));
      }
    } catch (IOException e) {
      Folders.deleteQuietly(file);
      throw e;
    }
    return file;
  }

  /** Makes a file in a folder that nobody looks into before it is complete. */
  public static void create(Path target, byte[] content) throws IOException {
    writeThrough(target, content);
    Folders.sync(parent(target));
  }

  private static void writeThrough(Path file, byte[] content) throws IOException {
    writeThrough(
        file,
        content,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static void writeThrough(Path file, byte[] content, OpenOption... options)
      throws IOException {
    Uninterrupted.run(
        () -> {
          try (FileChannel channel = FileChannel.open(file, options)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
              channel.write(buffer);
            }
            channel.force(true);
          }
          return file;
        });
  }

  /** Renames a file or folder over the target in one step, and makes that durable. */
  public static void move(Path source, Path target) throws IOException {
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(parent(target));
    Path from = parent(source);
    if (!from.equals(parent(target))) {
      Folders.sync(from);
    }
  }

  /** The temporary file that belongs to the target; its name begins with a dot and ends in .tmp. */
  public static Path temporary(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".tmp");
  }

  private static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file system root has no parent");
    }
    return parent;
  }
}
