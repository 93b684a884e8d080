package dev.tidepool.version;

import java.util.Locale;

/**
 * What a rollback does with one node pack.
 *
 * @param id its key in the manifest
 * @param folder the name of its folder
 * @param version the version or commit that is installed; empty for the others
 */
public record PackStep(Kind kind, String id, String folder, String version) {
  /** What is done. */
  public enum Kind {
    /** Out of the cache, or downloaded. */
    INSTALL,
    /** Like installing, after what is there went to the trash. */
    REPLACE,
    /** To the trash. */
    REMOVE,
    /** A development node: its folder gets {@code .disabled} behind its name. */
    DISABLE,
    /** A development node: its folder gets its name back. */
    ENABLE;

    /** A stable name for programs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the pack has to be at hand before. */
  boolean fetches() {
    return kind == Kind.INSTALL || kind == Kind.REPLACE;
  }
}
