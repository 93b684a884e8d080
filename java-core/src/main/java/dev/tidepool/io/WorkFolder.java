package dev.tidepool.io;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A hidden folder for what is not finished yet, beside the place that it will have. Closing deletes
 * it. What a process that was killed left of its own goes when the next folder is made in the same
 * place, or somebody sweeps it; one whose process still works stays, and so does what cannot be
 * locked: where a file system has no locks, or a folder is another user's.
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
  private static final Pattern NAME = Pattern.compile("\\.tidepool-\\d+-\\d+-.+\\.tmp");

  private final Path path;
  private final FileChannel lock;

  private WorkFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes one in a folder that is there, after what dead processes left in it was deleted. */
  public static WorkFolder in(Path parent) throws IOException {
    sweep(parent);
    while (true) {
      Path path = Files.createDirectory(parent.resolve(own() + UUID.randomUUID() + SUFFIX));
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

  /**
   * Deletes what dead processes left in a folder, for who has nothing to put there any more. What
   * cannot be read or deleted stays.
   */
  public static void sweep(Path parent) {
    String own = own();
    try {
      for (Path each : Folders.children(parent)) {
        String name = String.valueOf(each.getFileName());
        // Closing any file of that name would end the system's locks of this whole process on it.
        if (NAME.matcher(name).matches() && !name.startsWith(own) && Folders.isReal(each)) {
          deleteIfLeft(each);
        }
      }
    } catch (IOException e) {
      log(Level.DEBUG, "not looked into path={0} reason={1}", parent, e);
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.lock();
    } catch (ClosedByInterruptException | FileLockInterruptionException e) {
      channel.close();
      throw e;
    } catch (IOException e) {
      // Without locks nobody takes it for one that was left.
      log(Level.DEBUG, "not locked path={0} reason={1}", path, e);
    }
    return channel;
  }

  /** How the names of this process's begin: its number alone comes again, also in containers. */
  private static String own() {
    ProcessHandle process = ProcessHandle.current();
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    return PREFIX + process.pid() + "-" + start.toEpochMilli() + "-";
  }

  private static void deleteIfLeft(Path folder) {
    Path lock = folder.resolve(LOCK);
    // Without a lock it is empty, as its process died at the beginning or at the end, or not ours.
    if (Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        if (channel.tryLock() == null) {
          return;
        }
        clear(folder);
      } catch (IOException e) {
        log(Level.DEBUG, "left alone path={0} reason={1}", folder, e);
        return;
      }
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
      log(Level.WARNING, "left behind path={0} reason={1}", path, e);
    }
    Folders.deleteEmpty(path);
  }

  private static void log(Level level, String text, Path path, IOException reason) {
    System.getLogger("dev.tidepool.io").log(level, text, path, reason.toString());
  }
}
