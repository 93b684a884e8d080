package dev.tidepool.importing;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files below directories by their size: only those of one size can have the same content. */
final class FilesBySize {
  private static final int DEEPEST = 32;

  private final Map<Long, Set<Path>> files = new HashMap<>();

  private FilesBySize() {}

  /** Looks through directories; what cannot be read holds nothing. */
  static FilesBySize below(List<Path> directories) throws IOException {
    FilesBySize found = new FilesBySize();
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        Files.walkFileTree(
            directory, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, found.new Collector());
      }
    }
    return found;
  }

  /** Those of a size, sorted. */
  Set<Path> of(long size) {
    return files.getOrDefault(size, Set.of());
  }

  private final class Collector extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.computeIfAbsent(attributes.size(), size -> new TreeSet<>()).add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
