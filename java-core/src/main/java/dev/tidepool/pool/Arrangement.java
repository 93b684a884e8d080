package dev.tidepool.pool;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pool's {@code pool.json} on disk. The file is read each time and understood only when its bytes
 * are new: stamps of files that are replaced within one tick of the clock do not differ reliably.
 */
final class Arrangement {
  private static final DateTimeFormatter ASIDE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Three hundred thousand slots with labels. */
  private static final long LARGEST = 32L << 20;

  private final Path folder;
  private final Clock clock;
  private final PoolFile codec = new PoolFile();
  private volatile @Nullable Read lastRead;

  /**
   * What the file held.
   *
   * @param folder the folder's time when the state was stored from it; null when it was only read
   */
  private record Read(byte[] bytes, PoolState state, @Nullable FileTime folder) {}

  Arrangement(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * The arrangement as stored.
   *
   * @throws PoolFile.Damaged when the file is damaged
   */
  PoolState load() throws IOException {
    byte[] bytes;
    try {
      Path file = folder.resolve("pool.json");
      if (Files.size(file) > LARGEST) {
        throw new PoolFile.Damaged("larger than " + LARGEST + " bytes");
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return PoolState.empty();
    }
    @Nullable Read last = lastRead;
    if (last != null && Arrays.equals(last.bytes(), bytes)) {
      return last.state();
    }
    PoolState state = codec.read(bytes);
    lastRead = new Read(bytes, state, null);
    return state;
  }

  /** The arrangement as stored, a damaged file being kept aside. The lock must be held. */
  PoolState loadOrSetAside() throws IOException {
    try {
      return load();
    } catch (PoolFile.Damaged e) {
      Path file = folder.resolve("pool.json");
      Path aside = folder.resolve("pool.json.corrupt-" + ASIDE.format(clock.instant()));
      AtomicFiles.move(file, aside);
      System.getLogger("dev.tidepool.pool")
          .log(
              System.Logger.Level.WARNING,
              "damaged pool file kept aside file={0} reason={1}",
              aside,
              e.getMessage());
      return PoolState.empty();
    }
  }

  /** A written state that is not yet the pool's. */
  interface Next extends AutoCloseable {
    /** Puts the state in place, which needs no more space. */
    void commit() throws IOException;

    @Override
    void close();
  }

  /** Writes a state beside the stored one, so that later steps find it safely on the device. */
  Next prepare(PoolState state) throws IOException {
    Path file = folder.resolve("pool.json");
    Path temporary = AtomicFiles.temporary(file);
    PoolState counted = state.counted();
    byte[] bytes = codec.write(counted);
    try {
      AtomicFiles.prepare(file, bytes);
    } catch (IOException e) {
      Folders.deleteQuietly(temporary);
      throw e;
    }
    return new Next() {
      @Override
      public void commit() throws IOException {
        AtomicFiles.move(temporary, file);
        remember(bytes, counted);
      }

      @Override
      public void close() {
        Folders.deleteQuietly(temporary);
      }
    };
  }

  /** The stored file while a change is under way; putting it back needs no space. */
  record Kept(Path file, @Nullable Path copy) implements AutoCloseable {
    void putBack() throws IOException {
      if (copy != null) {
        AtomicFiles.move(copy, file);
      } else {
        Files.deleteIfExists(file);
      }
    }

    @Override
    public void close() {
      if (copy != null) {
        Folders.deleteQuietly(copy);
      }
    }
  }

  /** Copies the stored file aside until a change of several steps is through. */
  Kept keep() throws IOException {
    Path file = folder.resolve("pool.json");
    if (!Files.exists(file)) {
      return new Kept(file, null);
    }
    Path copy = folder.resolve(".pool.json.before.tmp");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Folders.deleteQuietly(copy);
      throw e;
    }
    return new Kept(file, copy);
  }

  void store(PoolState state) throws IOException {
    PoolState counted = state.counted();
    byte[] bytes = codec.write(counted);
    AtomicFiles.write(folder.resolve("pool.json"), bytes);
    remember(bytes, counted);
  }

  private void remember(byte[] bytes, PoolState state) throws IOException {
    lastRead = new Read(bytes, state, Files.getLastModifiedTime(folder));
  }

  /** Whether this is what was stored last and the folder has not changed since. */
  boolean agreesWithFolder(PoolState state) throws IOException {
    @Nullable Read last = lastRead;
    return last != null
        && last.state().equals(state)
        && Files.getLastModifiedTime(folder).equals(last.folder());
  }

  /** The bytes of a {@code pool.json} with this state. */
  byte[] encode(PoolState state) throws IOException {
    return codec.write(state);
  }
}
