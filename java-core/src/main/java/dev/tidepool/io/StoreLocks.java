package dev.tidepool.io;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The locks of every store that this process works on. A process makes one and passes it to all its
 * stores: the operating system's locks belong to processes, and would let two threads of one
 * process pass each other. Thread-safe.
 */
public final class StoreLocks {
  private final ConcurrentMap<Path, StoreLock> locks = new ConcurrentHashMap<>();

  /** The lock of the store in this folder. */
  public StoreLock of(Path folder) {
    return locks.computeIfAbsent(Folders.real(folder), StoreLock::new);
  }
}
