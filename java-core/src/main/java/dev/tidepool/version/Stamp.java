package dev.tidepool.version;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it. The time at which the system
 * changed the file's record counts where there is one: programs can set back the time of the
 * content, but not that.
 *
 * @param text size, times and number of the file; equal when none of them changed
 * @param settled from when on a reading surely sees the content under this stamp, in milliseconds
 *     since the epoch: a file may be changed again within the same tick of the clock
 * @param regular whether it is a file, not a folder
 */
record Stamp(String text, long settled, boolean regular) {
  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  /** FAT counts in steps of two seconds, in milliseconds. */
  private static final long COARSEST = 2_000;

  /** Where times have fractions of a second, the kernel's clock ticks at least this often. */
  private static final long TICK = 50;

  /** The stamp of a file or folder, links followed; nothing where there is none. */
  static Optional<Stamp> of(Path file) throws IOException {
    return of(file, new LinkOption[0]);
  }

  /** The stamp of what lies there itself; nothing where there is none. */
  static Optional<Stamp> ofEntry(Path file) throws IOException {
    return of(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<Stamp> of(Path file, LinkOption... options) throws IOException {
    String wanted =
        UNIX
            ? "unix:size,lastModifiedTime,ctime,ino,isRegularFile"
            : "size,lastModifiedTime,fileKey,isRegularFile";
    try {
      Map<String, Object> read = Files.readAttributes(file, wanted, options);
      long modified = nanos(read.get("lastModifiedTime"));
      long recorded = nanos(read.get("ctime"));
      Object number = UNIX ? read.get("ino") : read.get("fileKey");
      StringBuilder text = new StringBuilder(80).append(read.get("size")).append('.');
      text.append(modified).append('.').append(recorded).append('.').append(number);
      long latest = Math.max(modified, recorded);
      long tick = latest % 1_000_000_000L == 0 ? COARSEST : TICK;
      return Optional.of(
          new Stamp(
              text.toString(),
              latest / 1_000_000 + tick,
              Boolean.TRUE.equals(read.get("isRegularFile"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static long nanos(@org.jspecify.annotations.Nullable Object time) {
    return time instanceof FileTime known ? known.to(TimeUnit.NANOSECONDS) : 0;
  }

  /** Whether what was read at a time, in milliseconds, is surely what is there under this stamp. */
  boolean isSettledAt(long millis) {
    return settled < millis;
  }
}
