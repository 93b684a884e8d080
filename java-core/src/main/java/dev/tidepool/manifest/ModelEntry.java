package dev.tidepool.manifest;

import java.util.List;

/**
 * A model file as {@code [tool.comfydock.models]} lists it, by its key.
 *
 * @param hash the key, as {@code docs/reference/model-keys.md} defines it
 * @param size in bytes
 * @param relativePath below the models folder, with its category, with slashes
 * @param category {@code checkpoints}
 * @param sources where it can be downloaded
 */
public record ModelEntry(
    String hash,
    String filename,
    long size,
    String relativePath,
    String category,
    List<String> sources) {
  /** Copies the list. */
  public ModelEntry {
    sources = List.copyOf(sources);
  }
}
