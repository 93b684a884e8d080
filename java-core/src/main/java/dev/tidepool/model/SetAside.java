package dev.tidepool.model;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves a damaged database out of the way, to {@code models.db.corrupt-<UTC time>}, with its log
 * files. Of several processes that find the damage only one does so.
 */
final class SetAside {
  private SetAside() {}

  /** What tells the file from one that takes its place; null where the system cannot tell. */
  static @Nullable Object identity(Path database) {
    try {
      return Files.readAttributes(database, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** Moves the file with this identity; nothing when another has taken its place meanwhile. */
  static Optional<Path> move(Path database, @Nullable Object identity, Clock clock)
      throws IOException {
    Path folder = database.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("a database needs a folder");
    }
    return new StoreLocks()
        .of(folder)
        .holding(
            () ->
                Objects.equals(identity(database), identity) && Folders.isThere(database)
                    ? Optional.of(moveAll(database, free(database, clock)))
                    : Optional.empty());
  }

  private static Path moveAll(Path database, Path target) throws IOException {
    AtomicFiles.move(database, target);
    for (String suffix : List.of("-wal", "-shm", "-journal")) {
      Path log = database.resolveSibling(database.getFileName() + suffix);
      if (Folders.isThere(log)) {
        AtomicFiles.move(log, target.resolveSibling(target.getFileName() + suffix));
      }
    }
    return target;
  }

  private static Path free(Path database, Clock clock) {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(clock.instant());
    String name = database.getFileName() + ".corrupt-" + time;
    Path target = database.resolveSibling(name);
    for (int i = 2; Folders.isThere(target); i++) {
      target = database.resolveSibling(name + "-" + i);
    }
    return target;
  }
}
