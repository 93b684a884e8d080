package dev.tidepool.bundle;

import java.util.List;
import java.util.Optional;

/**
 * A model file that the workflows of a bundle need.
 *
 * @param filename the last part of {@code relativePath}
 * @param relativePath below a folder of models, with its category, with slashes
 * @param size in bytes
 * @param sha256 of the whole file, 64 hex digits
 * @param blake3 of the whole file, 64 hex digits
 * @param quick its key in the index, as docs/reference/model-keys.md defines it; may be empty
 * @param sources where it can be downloaded; unchecked, as whoever made the bundle wrote them
 * @param member the file in the bundle, when the bundle holds it
 * @param usedBy the workflows that name it, as {@link BundleManifest#workflows} lists them
 */
public record BundledModel(
    String filename,
    String relativePath,
    long size,
    String sha256,
    String blake3,
    String quick,
    List<String> sources,
    Optional<String> member,
    List<String> usedBy) {
  /** Copies the lists. */
  public BundledModel {
    sources = List.copyOf(sources);
    usedBy = List.copyOf(usedBy);
  }
}
