package dev.tidepool.version;

import dev.tidepool.io.Steps;
import dev.tidepool.manifest.NodeEntry;
import java.io.IOException;
import java.nio.file.Path;

/** Where node packs come from that have to be on the disk again. */
public interface PackSource {
  /**
   * Sees to it that the pack can be unpacked without a network.
   *
   * @param id its key in the manifest
   * @throws dev.tidepool.error.TidepoolException when it is nowhere to be had
   */
  void prepare(String id, NodeEntry entry, Steps steps);

  /**
   * Unpacks a pack that was prepared.
   *
   * @param folder does not exist yet; its parent does
   */
  void unpack(String id, NodeEntry entry, Path folder) throws IOException;
}
