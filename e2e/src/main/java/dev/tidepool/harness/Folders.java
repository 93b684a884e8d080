package dev.tidepool.harness;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole folders. */
final class Folders {
  private Folders() {}

  /** Deletes a folder with all in it; what cannot be deleted stays, and the log says so. */
  static void delete(Path folder) {
    Deletion deletion = new Deletion();
    try {
      Files.walkFileTree(folder, deletion);
    } catch (IOException e) {
      deletion.left.add(folder);
    }
    if (!deletion.left.isEmpty() && Files.exists(folder)) {
      System.getLogger(Folders.class.getName())
          .log(System.Logger.Level.WARNING, "left={0}", deletion.left);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    private final List<Path> left = new ArrayList<>();

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException reason) {
      return delete(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException reason) {
      return delete(folder);
    }

    private FileVisitResult delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        left.add(path);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
