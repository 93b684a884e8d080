package dev.tidepool.model;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place where a model lies.
 *
 * @param key the model's key: 16 hex digits, or {@code <quick>-<16 hex digits>} after a collision
 * @param root the indexed folder; absolute
 * @param rootType what the root's files are for, such as {@code loras}, where the root is not the
 *     folder above such folders
 * @param relativePath below the root, with slashes
 * @param size bytes of the file, or of all files that make up a folder
 * @param blake3 BLAKE3 of the whole file where it is known, 64 hex digits
 * @param sha256 SHA-256 of the whole file where it is known, 64 hex digits
 * @param missing whether the file was gone when its folder was last indexed
 * @param folder whether it is a folder of the diffusers library, not a file
 */
public record IndexedFile(
    String key,
    Path root,
    @Nullable String rootType,
    String relativePath,
    long size,
    @Nullable String blake3,
    @Nullable String sha256,
    boolean missing,
    boolean folder) {

  /** Where the file is on this machine. */
  public Path path() {
    return root.resolve(relativePath);
  }

  /** The last part of the path. */
  public String name() {
    return relativePath.substring(relativePath.lastIndexOf('/') + 1);
  }

  /** The folder below ComfyUI's {@code models} that it belongs to, where there is one. */
  public Optional<String> type() {
    if (rootType != null) {
      return Optional.of(rootType);
    }
    int end = relativePath.indexOf('/');
    return end < 0 ? Optional.empty() : Optional.of(relativePath.substring(0, end));
  }

  /** The path as ComfyUI's {@code models} folder would have it, such as {@code loras/sea.pt}. */
  public String fullPath() {
    return rootType == null ? relativePath : rootType + "/" + relativePath;
  }
}
