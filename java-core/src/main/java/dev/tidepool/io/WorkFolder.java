package dev.tidepool.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * A hidden folder for what is not finished yet, beside the place that it will have. Closing deletes
 * it. What a process that was killed left of its own goes when the next folder is made in the same
 * place; one whose process still works stays.
 *
 * <pre>
 * .tidepool-4711-1764176700000-3f1c….tmp/
 *   .lock     the process holds a lock of the system on it
 * </pre>
 *
 * <p>For one thread.
 */
public final class WorkFolder implements AutoCloseable {
  private static final String PREFIX = ".tidepool-";
  private static final String SUFFIX = ".tmp";
  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel lock;

  private WorkFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes one in a folder that is there, after what dead processes left in it was deleted. */
  public static WorkFolder in(Path parent) throws IOException {
    String own = PREFIX + process() + "-";
    for (Path each : Folders.children(parent)) {
      String name = String.valueOf(each.getFileName());
      // Closing any file of that name would end the system's locks of this whole process on it.
      if (name.startsWith(PREFIX) && name.endsWith(SUFFIX) && !name.startsWith(own)) {
        deleteIfLeft(each);
      }
    }
    while (true) {
      Path path = Files.createDirectory(parent.resolve(own + UUID.randomUUID() + SUFFIX));
      try {
        FileChannel channel = locked(path);
        if (Files.exists(path.resolve(LOCK))) {
          return new WorkFolder(path, channel);
        }
        // Another process took it for one that was left, before it was locked.
        channel.close();
      } catch (NoSuchFileException e) {
        // The same, while it was empty.
      } catch (IOException e) {
        Folders.deleteQuietly(path);
        throw e;
      }
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Numbers of processes come again, also in containers. */
  private static String process() {
    ProcessHandle process = ProcessHandle.current();
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    return process.pid() + "-" + start.toEpochMilli();
  }

  private static void deleteIfLeft(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        return;
      }
      clear(folder);
    } catch (NoSuchFileException e) {
      // Empty when its process died at the beginning or at the end; else something else.
    }
    Folders.deleteEmpty(folder);
  }

  /** The lock goes last: what it is in has an owner, or is left. */
  private static void clear(Path folder) throws IOException {
    for (Path each : Folders.children(folder)) {
      if (!each.equals(folder.resolve(LOCK))) {
        Folders.deleteQuietly(each);
      }
    }
    Files.deleteIfExists(folder.resolve(LOCK));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (lock) {
      clear(path);
    } catch (IOException e) {
      System.getLogger("dev.tidepool.io")
          .log(System.Logger.Level.WARNING, "left behind path={0} reason={1}", path, e);
    }
    Folders.deleteEmpty(path);
  }
}
