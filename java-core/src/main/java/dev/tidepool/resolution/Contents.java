package dev.tidepool.resolution;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Knows which files of this machine have a content. */
@FunctionalInterface
public interface Contents {
  /** The files whose content is known to have this hash; absolute. */
  Collection<Path> having(ModelHash hash);

  /** Knows of no content. */
  static Contents unknown() {
    return hash -> List.of();
  }
}
