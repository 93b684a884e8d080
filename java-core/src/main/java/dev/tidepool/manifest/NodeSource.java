package dev.tidepool.manifest;

import java.util.Locale;

/** Where a node pack comes from. */
public enum NodeSource {
  /** An archive from the Comfy registry, of a version. */
  REGISTRY,
  /** A git repository, at a commit. */
  GIT,
  /** A folder that somebody works on; nothing replaces or deletes it. */
  DEVELOPMENT;

  /** The word in {@code pyproject.toml}: {@code registry}, {@code git}, {@code development}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
