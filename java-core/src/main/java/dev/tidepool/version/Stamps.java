package dev.tidepool.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The stamps of all files that something depends on, as one. Not thread-safe. */
final class Stamps {
  private final StringBuilder text = new StringBuilder();
  private long changed;

  /** Adds what lies at a path, or that nothing does. */
  Stamps file(Path path) throws IOException {
    Optional<Stamp> stamp = Stamp.ofEntry(path);
    text.append(stamp.map(Stamp::text).orElse("-")).append('|');
    stamp.ifPresent(there -> changed = Math.max(changed, there.settled()));
    return this;
  }

  /** Adds everything below a folder, but not what is below folders with these names. */
  Stamps tree(Path folder, Set<String> without) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path child : children(folder)) {
        String name = String.valueOf(child.getFileName());
        if (!without.contains(name)) {
          text.append(name).append(' ');
          file(child);
          if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            tree(child, without);
          }
        }
      }
    }
    return this;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Equal when nothing changed. */
  String text() {
    return text.toString();
  }

  /** Whether no file can have changed at that time without another stamp, in milliseconds. */
  boolean isSettledAt(long millis) {
    return changed < millis;
  }
}
