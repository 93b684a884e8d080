package dev.tidepool.environment;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything in a git repository that gives its objects a meaning: {@code HEAD}, branches, tags,
 * the index, the configuration. Objects only ever get more, and what the log of references says
 * stays true: both are left as they are.
 */
final class GitNames {
  private static final Set<String> LEFT = Set.of("objects", "logs", "hooks", "modules", "lfs");

  private final Path repository;
  private final Disk disk;

  GitNames(Path repository, Disk disk) {
    this.repository = repository;
    this.disk = disk;
  }

  static boolean belongs(Path relative) {
    return !LEFT.contains(relative.getName(0).toString());
  }

  /**
   * Makes the repository say again what it said when its twin was made: first what came since goes,
   * then, under another name so that this is known after a crash, the twin's files move back.
   */
  void bringBack(Path twin) throws IOException {
    Path moving = twin.resolveSibling(twin.getFileName() + "-moving");
    if (Folders.isReal(twin)) {
      for (Path file : files(repository)) {
        if (!Folders.isThere(twin.resolve(repository.relativize(file)))) {
          disk.delete(file);
        }
      }
      disk.move(twin, moving);
    }
    if (Folders.isReal(moving)) {
      for (Path file : files(moving)) {
        Path target = repository.resolve(moving.relativize(file));
        Files.createDirectories(target.resolveSibling(".").normalize());
        disk.move(file, target);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> belongs(folder.relativize(path)))
          .sorted()
          .toList();
    }
  }
}
