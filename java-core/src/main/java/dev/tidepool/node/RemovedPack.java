package dev.tidepool.node;

import dev.tidepool.manifest.NodeEntry;

/**
 * A pack that was removed.
 *
 * @param id the key that it had in the manifest
 */
public record RemovedPack(String id, NodeEntry entry, Fate fate) {
  /** What became of its folder. */
  public enum Fate {
    /** It is there, disabled. */
    DISABLED,
    /** It was as the cache has it, and is gone. */
    DELETED,
    /** It had been changed, and is in the environment's trash. */
    TRASHED,
    /** It was not there. */
    MISSING
  }
}
