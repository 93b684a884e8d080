package dev.tidepool.resolution;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Knows which files of this machine have which content. */
public interface Contents {
  /** The type of the hash by which models are known on this machine: the key of the index. */
  String KEY = "KEY";

  /** The files whose content is known to have this hash; absolute. */
  Collection<Path> having(ModelHash hash);

  /**
   * The hash of a file's content, where it is known; in lower case.
   *
   * @param type {@link #KEY}, or the type of a {@link ModelHash}
   */
  Optional<String> hashOf(Path file, String type);

  /** Knows of no content. */
  static Contents unknown() {
    return new Contents() {
      @Override
      public Collection<Path> having(ModelHash hash) {
        return List.of();
      }

      @Override
      public Optional<String> hashOf(Path file, String type) {
        return Optional.empty();
      }
    };
  }
}
