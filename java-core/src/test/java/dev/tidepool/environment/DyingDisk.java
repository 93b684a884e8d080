package dev.tidepool.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A disk on which a process dies at one step: before it, or in the middle of one that has a middle.
 * Dying is whatever the test wants; when that returns by throwing, nothing works any more, as in a
 * process that is dead.
 */
class DyingDisk extends Disk {
  private final int deadly;
  private final Runnable death;
  private int points;
  private boolean dead;

  /** Dies at this point, counted from 0; never at a negative one. */
  DyingDisk(int deadly, Runnable death) {
    this.deadly = deadly;
    this.death = death;
  }

  /** How many points there were to die at. */
  int points() {
    return points;
  }

  @Override
  void folder(Path folder) throws IOException {
    point();
    super.folder(folder);
  }

  @Override
  void write(Path file, byte[] content) throws IOException {
    point();
    if (next()) {
      Files.write(file, Arrays.copyOf(content, content.length / 2));
      die();
    }
    super.write(file, content);
  }

  @Override
  void append(Path file, byte[] lines) throws IOException {
    point();
    if (next()) {
      Files.write(file, Arrays.copyOf(lines, lines.length * 2 / 3), StandardOpenOption.APPEND);
      die();
    }
    super.append(file, lines);
  }

  @Override
  void link(Path file, Path second) throws IOException {
    point();
    super.link(file, second);
  }

  @Override
  void twin(Path folder, Path second, Predicate<Path> wanted) throws IOException {
    point();
    if (next()) {
      Files.createDirectory(second);
      die();
    }
    super.twin(folder, second, wanted);
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    point();
    super.rename(from, to);
  }

  @Override
  void delete(Path path) throws IOException {
    point();
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && next()) {
      halve(path);
      die();
    }
    super.delete(path);
  }

  private static void halve(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(path -> !Files.isDirectory(path)).toList();
      for (Path file : files.subList(0, (files.size() + 1) / 2)) {
        Files.delete(file);
      }
    }
  }

  private void point() {
    if (dead || next()) {
      die();
    }
  }

  private boolean next() {
    return points++ == deadly;
  }

  private void die() {
    dead = true;
    death.run();
    throw new AssertionError("still alive");
  }
}
