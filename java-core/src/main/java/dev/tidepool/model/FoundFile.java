package dev.tidepool.model;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that lies in a root now.
 *
 * @param root the root's absolute path
 * @param relative the path below the root, with slashes
 * @param path where to read it
 * @param identity equal for two paths that lead to one and the same file; null where the system
 *     cannot tell
 * @param parts the files that make up a folder of the diffusers library; null for a plain file
 */
record FoundFile(
    String root,
    String relative,
    Path path,
    Stamp stamp,
    @Nullable Object identity,
    @Nullable List<Part> parts) {

  /** A file in a folder of the diffusers library; its name is relative to that folder. */
  record Part(String name, Path path, Stamp stamp) {}

  boolean isFolder() {
    return parts != null;
  }

  String name() {
    return relative.substring(relative.lastIndexOf('/') + 1);
  }

  /** Names the place among all roots, however they lie in each other. */
  String place() {
    return place(root, relative);
  }

  static String place(String root, String relative) {
    String place = root + "/" + relative;
    return File.separatorChar == '/' ? place : place.replace(File.separatorChar, '/');
  }

  /** How many bytes a quick key reads of it. */
  long quickBytes() {
    if (parts == null) {
      return quickBytes(stamp.size());
    }
    long sum = 0;
    for (Part part : parts) {
      sum += quickBytes(part.stamp().size());
    }
    return sum;
  }

  private static long quickBytes(long size) {
    return Math.min(size, 3L * 15 * 1024 * 1024);
  }

  /** Whether the file at a path still is in the state with this stamp. */
  static boolean isStill(Path path, Stamp stamp) {
    try {
      return Stamp.of(Files.readAttributes(path, BasicFileAttributes.class)).equals(stamp);
    } catch (IOException e) {
      return false;
    }
  }
}
