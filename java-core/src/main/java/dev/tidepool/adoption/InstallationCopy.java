package dev.tidepool.adoption;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;

/**
 * Copies an installation, which is only read: the program, the node packs with their repositories,
 * what the user saved and what goes into the graphs. Not the models, which stay where they are, nor
 * what can be made again: pictures that came out, and the virtual environment.
 */
final class InstallationCopy {
  private static final Set<String> LEFT =
      Set.of("models", "output", "temp", ".venv", "venv", "python_embeded");

  /** Were these links, the environment would change what belongs to the installation. */
  private static final Set<String> OWN = Set.of("custom_nodes", "user", "input");

  private final Path folder;

  InstallationCopy(Path folder) {
    this.folder = folder;
  }

  private interface Visit {
    void folder(Path relative) throws IOException;

    void file(Path file, Path relative, BasicFileAttributes attributes) throws IOException;
  }

  /** How many bytes are copied. */
  long bytes() throws IOException {
    long[] bytes = {0};
    walk(
        new Visit() {
          @Override
          public void folder(Path relative) {}

          @Override
          public void file(Path file, Path relative, BasicFileAttributes attributes) {
            bytes[0] += attributes.size();
          }
        });
    return bytes[0];
  }

  /** Copies into a folder that does not exist yet. */
  void to(Path target, Steps steps) throws IOException {
    boolean modes =
        Files.getFileStore(target.toAbsolutePath().resolveSibling(""))
            .supportsFileAttributeView(PosixFileAttributeView.class);
    walk(
        new Visit() {
          @Override
          public void folder(Path relative) throws IOException {
            Files.createDirectories(target.resolve(relative));
          }

          @Override
          public void file(Path file, Path relative, BasicFileAttributes attributes)
              throws IOException {
            Path copy = target.resolve(relative);
            if (attributes.isSymbolicLink()) {
              Files.createSymbolicLink(copy, link(file));
            } else {
              Folders.copyFile(file, copy, steps);
              if (modes) {
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
              }
            }
          }
        });
  }

  /** A link that leads out of the installation has to lead to the same from elsewhere. */
  private Path link(Path file) throws IOException {
    Path written = Files.readSymbolicLink(file);
    Path meant = file.resolveSibling(written).normalize();
    return written.isAbsolute() || meant.startsWith(folder) ? written : meant;
  }

  private void walk(Visit visit) throws IOException {
    walk(folder, Path.of(""), visit);
  }

  private void walk(Path root, Path prefix, Visit visit) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path one, BasicFileAttributes attributes)
              throws IOException {
            if (Thread.currentThread().isInterrupted()) {
              throw new InterruptedIOException("interrupted while ComfyUI was copied");
            }
            Path relative = prefix.resolve(root.relativize(one));
            if (isLeft(relative)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            visit.folder(relative);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path relative = prefix.resolve(root.relativize(file));
            if (OWN.contains(relative.toString()) && Files.isDirectory(file)) {
              walk(file.toRealPath(), relative, visit);
            } else if (!isLeft(relative) && !attributes.isOther()) {
              // A socket or a pipe is of a program that runs now.
              visit.file(file, relative, attributes);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isLeft(Path relative) {
    return LEFT.contains(relative.getName(0).toString())
        || String.valueOf(relative.getFileName()).equals("__pycache__");
  }
}
