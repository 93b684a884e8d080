package dev.tidepool.model;

import dev.tidepool.io.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A folder of models and an index, for tests. */
final class ModelTree {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

  private final Path folder;

  ModelTree(Path folder) {
    this.folder = folder;
  }

  Path models() {
    return folder.resolve("models");
  }

  Path database() {
    return folder.resolve("home").resolve("models.db");
  }

  ModelIndex open() {
    return ModelIndex.open(database(), CLOCK);
  }

  /** Makes a file of some bytes that no other number has. */
  Path write(String path, int number) throws IOException {
    byte[] content = new byte[1000 + number];
    new Random(number).nextBytes(content);
    return write(path, content);
  }

  Path write(String path, byte[] content) throws IOException {
    Path file = models().resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** Makes a sparse file with one byte set. */
  Path sparse(String path, long size, long at) throws IOException {
    Path file = write(path, new byte[0]);
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
      content.setLength(size);
      content.seek(at);
      content.write(1);
    }
    return file;
  }

  /** Replaces a file by another one of the same time. */
  static void replace(Path file, byte[] content) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Path other = Files.write(file.resolveSibling("other.tmp"), content);
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  static void setTime(Path file, long nanos) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(nanos, TimeUnit.NANOSECONDS));
  }

  /** Indexes the folder of models. */
  IndexReport index() {
    return index(models());
  }

  IndexReport index(Path... roots) {
    try (ModelIndex index = open()) {
      return index.index(List.of(roots).stream().map(ModelRoot::of).toList(), Progress.none());
    }
  }

  /** What the index holds, as {@code path key} or {@code path missing}. */
  List<String> paths() {
    try (ModelIndex index = open()) {
      return index.files().stream()
          .map(file -> file.fullPath() + (file.missing() ? " missing" : ""))
          .toList();
    }
  }

  /** The key of the model at a path below the root. */
  String key(String path) {
    try (ModelIndex index = open()) {
      return index.files().stream()
          .filter(file -> file.fullPath().equals(path))
          .findFirst()
          .orElseThrow()
          .key();
    }
  }
}
