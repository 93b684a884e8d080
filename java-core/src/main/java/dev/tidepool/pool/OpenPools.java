package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Opens pools for reading and for changes, and remembers what was read of them. Thread-safe. */
final class OpenPools {
  private final PoolBase base;
  private final Removals removals;
  private final ConcurrentMap<String, PoolFolder> folders = new ConcurrentHashMap<>();

  OpenPools(PoolBase base, Removals removals) {
    this.base = base;
    this.removals = removals;
  }

  interface Change {
    void apply(PoolFolder folder, PoolState state) throws IOException;
  }

  interface Reading<T> {
    T from(PoolFolder folder) throws IOException;
  }

  /** Changes a pool while nobody else does, and answers with what became of it. */
  Pool changing(String id, String doing, Change change) {
    PoolFolder folder = folder(id);
    if (!Files.exists(base.root())) {
      // Nothing there can be changed, and refusing it makes nothing.
      return StorageFailures.translate(
          doing,
          () -> {
            change.apply(folder, PoolState.empty());
            return folder.view(folder.list(PoolState.empty()));
          });
    }
    return base.change(
        doing,
        () -> {
          if (Folders.isReal(folder.path())) {
            PoolState state = removals.finish(folder, folder.arrangement().loadOrSetAside());
            change.apply(folder, folder.reconciled(state));
          } else {
            change.apply(folder, PoolState.empty());
          }
          return folder.view(folder.list(folder.arrangement().load()));
        });
  }

  /** Reads a pool. */
  <T> T reading(String id, Reading<T> reading) {
    PoolFolder folder = folder(id);
    return StorageFailures.translate(
        "read the pool " + id,
        () -> {
          Folders.requireNoFile(base.root());
          return reading.from(folder);
        });
  }

  PoolFolder.Listing listing(PoolFolder folder) throws IOException {
    return folder.list(state(folder));
  }

  /** What a pool stores, a damaged file being repaired where that can be done. */
  PoolState state(PoolFolder folder) throws IOException {
    try {
      return folder.arrangement().load();
    } catch (PoolFile.Damaged e) {
      try {
        return base.change(
            "repair the pool in " + folder.path(), folder.arrangement()::loadOrSetAside);
      } catch (TidepoolException failure) {
        if (failure.kind() != ErrorKind.STORAGE && failure.kind() != ErrorKind.NO_SPACE) {
          throw failure;
        }
        return PoolState.empty();
      }
    }
  }

  PoolFolder folder(String id) {
    Path path = base.folder(id);
    // Ids that nobody used are not remembered: there is no end of them.
    return Folders.isReal(path)
        ? folders.computeIfAbsent(id, key -> new PoolFolder(key, path, base.clock()))
        : new PoolFolder(id, path, base.clock());
  }

  void forget(String id) {
    folders.remove(id);
  }
}
