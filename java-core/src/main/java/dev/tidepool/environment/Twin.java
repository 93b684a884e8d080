package dev.tidepool.environment;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A second folder with the same content, in which files are hard links to the first one's: made in
 * a fraction of a second even of a Python environment with ten thousands of files, and without
 * taking space. Whoever replaces a file in one folder does not touch the other; uv, pip, git and
 * Python itself replace. What programs rather write over is small, and is copied: scripts and
 * {@code pyvenv.cfg}. Where a file system has no hard links, everything is copied.
 */
final class Twin {
  private static final Set<String> COPIED_FOLDERS = Set.of("bin", "Scripts");
  private static final Set<String> COPIED_FILES = Set.of("pyvenv.cfg", "tidepool.json");

  private Twin() {}

  /** Makes the twin of a file, which is not there yet. */
  static void ofFile(Path file, Path twin) throws IOException {
    try {
      Files.createLink(twin, file);
    } catch (IOException | UnsupportedOperationException e) {
      copy(file, twin);
    }
  }

  /**
   * Makes the twin of a folder, which is not there yet. An interrupt ends that.
   *
   * @param wanted tells by the path within the folder what belongs into the twin
   */
  static void ofFolder(Path folder, Path twin, Predicate<Path> wanted) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
            if (Thread.currentThread().isInterrupted()) {
              throw new InterruptedIOException("interrupted while a folder was linked");
            }
            Path relative = folder.relativize(visited);
            if (!visited.equals(folder) && !wanted.test(relative)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectory(twin.resolve(relative));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path relative = folder.relativize(file);
            if (wanted.test(relative)) {
              if (attributes.isRegularFile() && isWrittenOver(relative)) {
                copy(file, twin.resolve(relative));
              } else {
                ofFile(file, twin.resolve(relative));
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            copyMode(visited, twin.resolve(folder.relativize(visited)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isWrittenOver(Path relative) {
    return COPIED_FILES.contains(String.valueOf(relative.getFileName()))
        || COPIED_FOLDERS.contains(relative.getName(0).toString());
  }

  private static void copy(Path file, Path copy) throws IOException {
    if (Files.isSymbolicLink(file)) {
      Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
      return;
    }
    Folders.copyFile(file, copy, Progress.none());
    copyMode(file, copy);
    Folders.syncFile(copy);
  }

  private static void copyMode(Path from, Path to) throws IOException {
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(Files.getPosixFilePermissions(from));
    }
  }
}
