package dev.tidepool.environment;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Remembers in a virtual environment that what is installed is what a lock says, so that nobody has
 * to ask uv again while both are as they were: the first line of {@code .tidepool-synced} is the
 * digest of both. The others name what the last sync left there, which tells it from what came
 * beside the lock since: by a pack's {@code install.py}, or by hand.
 */
final class SyncMark {
  private final Path file;
  private final Path venv;
  private final Path lock;

  SyncMark(Environment environment) {
    this.venv = environment.venv();
    this.file = venv.resolve(".tidepool-synced");
    this.lock = environment.lock();
  }

  boolean isCurrent() throws IOException {
    try {
      return Files.readAllLines(file).stream().findFirst().equals(Optional.of(digest()));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** What was installed since the last sync and is in no lock; nothing where none was noted. */
  SortedSet<String> besides() throws IOException {
    Set<String> known = known();
    SortedSet<String> besides = new TreeSet<>();
    if (!known.isEmpty()) {
      besides.addAll(InstalledPackages.in(venv).keySet());
      besides.removeAll(known);
    }
    return besides;
  }

  /** Notes that what is installed, but for some, is what the lock says. */
  void set(Set<String> besides) throws IOException {
    SortedSet<String> known = new TreeSet<>(InstalledPackages.in(venv).keySet());
    known.removeAll(besides);
    write(known);
  }

  /** Notes the same where the last sync was noted before. */
  void renew() throws IOException {
    write(known());
  }

  private Set<String> known() throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      return new TreeSet<>(lines.subList(Math.min(1, lines.size()), lines.size()));
    } catch (NoSuchFileException e) {
      return Set.of();
    }
  }

  private void write(Set<String> known) throws IOException {
    if (Files.exists(lock) && Files.isDirectory(venv)) {
      List<String> lines = new ArrayList<>(List.of(digest()));
      lines.addAll(known);
      AtomicFiles.write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
  }

  private String digest() throws IOException {
    String packages = InstalledPackages.in(venv).toString();
    return Sha256.of(Files.readAllBytes(lock))
        + " "
        + Sha256.of(packages.getBytes(StandardCharsets.UTF_8));
  }
}
