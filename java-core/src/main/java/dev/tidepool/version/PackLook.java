package dev.tidepool.version;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Tells what is in the folder of a node pack. */
interface PackLook {
  /**
   * Where the pack's own repository stands; nothing when it is none.
   *
   * @param files whether to find out if files differ from the commit
   */
  Optional<GitState> git(Path folder, boolean files) throws IOException;

  /** The version that the pack says it has; empty when it says nothing. */
  String version(Path folder) throws IOException;
}
