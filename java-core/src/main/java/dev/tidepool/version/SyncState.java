package dev.tidepool.version;

import java.util.Locale;

/** How a workflow in ComfyUI compares with its last committed copy. */
public enum SyncState {
  /** There is no committed copy. */
  NEW,
  /** Both are there and differ. */
  MODIFIED,
  /** Only the committed copy is there. */
  DELETED,
  /** Both are there and are the same. */
  SYNCED;

  /** A stable name for programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
