package dev.tidepool.version;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.NodeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store of packs: {@code <id>-<version>.py} is the one file of a pack. */
record FolderPacks(Path store) implements PackSource {
  @Override
  public void prepare(String id, NodeEntry entry, Steps steps) {
    if (!Files.exists(file(id, entry))) {
      throw new TidepoolException(
          ErrorKind.UNAVAILABLE,
          "pack-not-available",
          "The node pack " + id + " is not in the cache, and the registry cannot be reached.");
    }
  }

  @Override
  public void unpack(String id, NodeEntry entry, Path folder) throws IOException {
    Files.createDirectory(folder);
    Files.copy(file(id, entry), folder.resolve("__init__.py"));
  }

  private Path file(String id, NodeEntry entry) {
    return store.resolve(id + "-" + entry.version().orElse("") + ".py");
  }
}
