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
import java.util.ArrayList;
import java.util.List;
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

  /** In these ComfyUI and the environment write, at any depth. */
  private static final Set<String> WRITTEN = Set.of("user", "input");

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
    walk(folder, Path.of(""), List.of(), visit);
  }

  /** Walks; the folders are those, without links, that hold the links that led here. */
  private void walk(Path root, Path prefix, List<Path> from, Visit visit) throws IOException {
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
            if (attributes.isSymbolicLink() && isOwn(relative)) {
              content(file, relative, from, visit);
            } else if (!isLeft(relative) && !attributes.isOther()) {
              // A socket or a pipe is of a program that runs now.
              visit.file(file, relative, attributes);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Copies what a link leads to; one that leads nowhere or to where it is itself is left out. */
  private void content(Path link, Path relative, List<Path> from, Visit visit) throws IOException {
    if (!Files.exists(link)) {
      return;
    }
    Path real = link.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.isRegularFile()) {
      visit.file(real, relative, attributes);
    } else if (attributes.isDirectory()) {
      List<Path> holders = new ArrayList<>(from);
      holders.add(link.resolveSibling("").toRealPath());
      if (holders.stream().noneMatch(holder -> holder.startsWith(real))) {
        walk(real, relative, holders, visit);
      }
    }
  }

  private static boolean isOwn(Path relative) {
    return OWN.contains(relative.toString()) || WRITTEN.contains(relative.getName(0).toString());
  }

  private static boolean isLeft(Path relative) {
    return LEFT.contains(relative.getName(0).toString())
        || String.valueOf(relative.getFileName()).equals("__pycache__");
  }
}
