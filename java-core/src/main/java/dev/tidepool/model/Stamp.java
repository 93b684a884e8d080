package dev.tidepool.model;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes
 * @param modified nanoseconds since the epoch
 * @param inode the file's number; 0 where the file system has none. The device's number is left
 *     out, since it may be another one each time a disk is mounted
 */
record Stamp(long size, long modified, long inode) {
  private static final long NANOS = 1_000_000_000L;

  static Stamp of(BasicFileAttributes attributes) {
    return new Stamp(
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        inode(attributes.fileKey()));
  }

  // A record's own comparison is made up by the JVM at its first use, for longer than an index of
  // thousands of files takes to compare.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stamp stamp
        && size == stamp.size
        && modified == stamp.modified
        && inode == stamp.inode;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(inode * 31 * 31 + modified * 31 + size);
  }

  /** The time of change as Python's {@code st_mtime} has it, which is what ComfyDock stores. */
  double pythonTime() {
    return Math.floorDiv(modified, NANOS) + 1e-9 * Math.floorMod(modified, NANOS);
  }

  /** Whether the time is the one that ComfyDock stored. */
  boolean hasPythonTime(double stored) {
    return Math.abs(stored - pythonTime()) < 1e-6;
  }

  /** Reads {@code (dev=fd00,ino=123)}, the only form in which Java tells the number. */
  private static long inode(@Nullable Object fileKey) {
    if (fileKey == null) {
      return 0;
    }
    String text = fileKey.toString();
    int begin = text.indexOf("ino=");
    int end = text.indexOf(')', begin + 1);
    if (begin < 0 || end < 0) {
      return 0;
    }
    try {
      return Long.parseLong(text, begin + 4, end, 10);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
