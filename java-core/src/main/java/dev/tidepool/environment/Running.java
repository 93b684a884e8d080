package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Says that the ComfyUI of an environment runs: a lock on {@code .tidepool/running}, which the
 * system drops with the process. Several may run at once, on ports of their own.
 */
public final class Running implements AutoCloseable {
  private final FileChannel channel;

  private Running(FileChannel channel) {
    this.channel = channel;
  }

  /** From now on the environment runs, until this is closed. */
  public static Running of(Environment environment) {
    return StorageFailures.translate(
        "mark " + environment.name() + " as running",
        () -> {
          Files.createDirectories(environment.own());
          FileChannel channel =
              FileChannel.open(
                  file(environment),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
          if (lock == null) {
            channel.close();
            throw new TidepoolException(
                ErrorKind.CONFLICT,
                "environment-busy",
                "The environment " + environment.name() + " is being deleted.");
          }
          return new Running(channel);
        });
  }

  /** Whether it runs, as far as {@code tidepool run} started it. */
  public static boolean isSo(Environment environment) {
    return StorageFailures.translate(
        "look whether " + environment.name() + " runs", () -> isLocked(file(environment)));
  }

  private static boolean isLocked(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private static Path file(Environment environment) {
    return environment.own().resolve("running");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger("dev.tidepool.environment")
          .log(System.Logger.Level.WARNING, "lock not given back reason={0}", e.toString());
    }
  }
}
