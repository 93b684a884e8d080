package dev.tidepool.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whole folders: listed, copied, made durable, deleted. Symbolic links are never followed. */
public final class Folders {
  private static final long AT_A_TIME = 8L << 20;
  private static final int SMALL = 1 << 16;
  private static final boolean SYNCS_FOLDERS = !System.getProperty("os.name", "").startsWith("Win");

  /** A file that may only be read can be flushed too, but not on Windows. */
  private static final StandardOpenOption TO_SYNC =
      SYNCS_FOLDERS ? StandardOpenOption.READ : StandardOpenOption.WRITE;

  private Folders() {}

  /** Writes the folder's own entries to the device, where the system can; interrupts wait. */
  public static void sync(Path folder) throws IOException {
    if (SYNCS_FOLDERS) {
      Uninterrupted.run(
          () -> {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
              channel.force(true);
            }
            return folder;
          });
    }
  }

  /** Writes everything below the folder to the device; an interrupt ends that. */
  public static void syncTree(Path folder) throws IOException {
    try (BackgroundSync sync = new BackgroundSync()) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                sync.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                throws IOException {
              if (e != null) {
                throw e;
              }
              if (SYNCS_FOLDERS) {
                sync.add(visited);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      sync.finish();
    }
  }

  /** Writes a file to the device; an interrupt ends that. */
  public static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, TO_SYNC)) {
      channel.force(true);
    }
  }

  /** The path itself when it is there, else the nearest folder above it that is. */
  public static Path existing(Path path) {
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  /** The paths directly inside the folder, sorted by name; none when there is no such folder. */
  public static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Copies one file with its time. An interrupt ends that. */
  public static void copyFile(Path source, Path target, Progress progress) throws IOException {
    try (FileChannel in =
            FileChannel.open(source, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer small = ByteBuffer.allocate(SMALL);
      long copied = copy(in, out, small);
      progress.advance(copied);
      // Most files are over by now, and this way of copying takes Java ten milliseconds to begin.
      long part = small.hasRemaining() ? 0 : in.transferTo(copied, AT_A_TIME, out);
      while (part > 0) {
        copied += part;
        progress.advance(part);
        part = in.transferTo(copied, AT_A_TIME, out);
      }
    }
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
  }

  private static long copy(FileChannel in, FileChannel out, ByteBuffer buffer) throws IOException {
    int read = in.read(buffer);
    while (read >= 0 && buffer.hasRemaining()) {
      read = in.read(buffer);
    }
    ByteBuffer written = buffer.duplicate().flip();
    while (written.hasRemaining()) {
      out.write(written);
    }
    return buffer.position();
  }

  /** Whether something has this path, be it a link that leads nowhere. */
  public static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether the path is a folder and not a link to one. */
  public static boolean isReal(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Refuses a file where a folder belongs; nothing there is fine. What the system says of a path
   * below a file differs between versions of Java.
   */
  public static void requireNoFile(Path folder) throws NotDirectoryException {
    if (Files.isRegularFile(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
  }

  /**
   * The path without links and dots, as far as it exists: two spellings of one folder give the
   * same.
   */
  public static Path real(Path path) {
    Path absolute = path.toAbsolutePath();
    for (Path there = absolute; there != null; there = there.getParent()) {
      if (Files.exists(there)) {
        try {
          return there.toRealPath().resolve(there.relativize(absolute)).normalize();
        } catch (IOException e) {
          return absolute.normalize();
        }
      }
    }
    return absolute.normalize();
  }

  /** Deletes the file or folder with everything below; nothing there is fine. */
  public static void delete(Path path) throws IOException {
    if (!isThere(path)) {
      return;
    }
    List<Path> folders = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            folders.add(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    deleteFiles(files);
    for (int i = folders.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(folders.get(i));
    }
  }

  /** A device may make each file wait that was flushed before, and several no longer than one. */
  private static void deleteFiles(List<Path> files) throws IOException {
    Queue<IOException> failures = new ConcurrentLinkedQueue<>();
    files.parallelStream()
        .forEach(
            file -> {
              try {
                Files.deleteIfExists(file);
              } catch (IOException e) {
                failures.add(e);
              }
            });
    IOException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  /** Deletes a folder that holds nothing, while another failure is under way. */
  public static void deleteEmpty(Path folder) {
    try {
      if (isReal(folder) && children(folder).isEmpty()) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      System.getLogger("dev.tidepool.io")
          .log(System.Logger.Level.WARNING, "left behind path={0} reason={1}", folder, e);
    }
  }

  /** Deletes as {@link #delete} does while another failure is under way, which must be kept. */
  public static void deleteQuietly(Path path) {
    boolean interrupted = Thread.interrupted();
    try {
      delete(path);
    } catch (IOException e) {
      System.getLogger("dev.tidepool.io")
          .log(System.Logger.Level.WARNING, "left behind path={0} reason={1}", path, e.toString());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
