package dev.tidepool.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model, by its content.
 *
 * @param key see {@link IndexedFile}
 * @param size in bytes
 * @param blake3 BLAKE3 of the whole file where it is known, 64 hex digits
 * @param sha256 SHA-256 of the whole file where it is known, 64 hex digits
 * @param firstSeen when it was first indexed, in seconds since the epoch
 * @param metadata a JSON object with what its header says; {@code {}} where that is nothing
 * @param files where it lies, missing ones included; may be empty
 * @param sources where it can be had
 */
public record IndexedModel(
    String key,
    long size,
    @Nullable String blake3,
    @Nullable String sha256,
    long firstSeen,
    String metadata,
    List<IndexedFile> files,
    List<ModelSource> sources) {
  public IndexedModel {
    files = List.copyOf(files);
    sources = List.copyOf(sources);
  }

  IndexedModel with(List<IndexedFile> newFiles, List<ModelSource> newSources) {
    return new IndexedModel(key, size, blake3, sha256, firstSeen, metadata, newFiles, newSources);
  }
}
