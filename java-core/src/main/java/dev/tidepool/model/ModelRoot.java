package dev.tidepool.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder to index.
 *
 * @param path need not exist
 * @param type what the files in it are for, such as {@code loras}; null when its own subfolders, or
 *     its name, say that
 */
public record ModelRoot(Path path, @Nullable String type) {
  /** A folder about which nothing else is known. */
  public static ModelRoot of(Path path) {
    return new ModelRoot(path, null);
  }
}
