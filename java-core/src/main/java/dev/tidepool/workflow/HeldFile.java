package dev.tidepool.workflow;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's file that no other Tidepool replaces while this one is open. The lock is on the file
 * itself: folders of users get no files for locks.
 */
final class HeldFile implements AutoCloseable {
  private final FileChannel channel;

  private HeldFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a file that still has this content.
   *
   * @throws TidepoolException {@code workflow-changed} when it has another one, or another program
   *     is about to replace it
   */
  static HeldFile of(Path file, byte[] content) throws IOException {
    @Nullable Object key = key(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      // Reading by another channel would give the lock up when that one is closed.
      boolean same =
          locked(channel)
              && Objects.equals(key, key(file))
              && Arrays.equals(
                  Channels.newInputStream(channel).readNBytes(content.length + 1), content);
      if (!same) {
        throw new TidepoolException(
            ErrorKind.CONFLICT,
            "workflow-changed",
            "Another program changed " + file + " meanwhile.",
            "Do it again.");
      }
      return new HeldFile(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Tells a file from another one that took its place. */
  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Gives the file up. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
