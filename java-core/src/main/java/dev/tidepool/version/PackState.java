package dev.tidepool.version;

import java.util.Locale;

/** How a node pack on the disk compares with the manifest. */
public enum PackState {
  /** There, as recorded. */
  INSTALLED,
  /** Recorded, and not there. */
  MISSING,
  /** Recorded, and only there with {@code .disabled} behind its name. */
  DISABLED,
  /** There at another commit or version than recorded. */
  DRIFTED,
  /** A development node at another branch or commit than recorded, or with uncommitted changes. */
  CHANGED,
  /** There, and not recorded. */
  UNTRACKED;

  /** A stable name for programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
