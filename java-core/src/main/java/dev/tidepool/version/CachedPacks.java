package dev.tidepool.version;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.Packs;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Node packs out of the workspace's cache, and into it where they are missing. */
public final class CachedPacks implements PackSource {
  private final Supplier<Packs> packs;

  /** Takes the packs only when one has to be fetched or unpacked. */
  public CachedPacks(Supplier<Packs> packs) {
    this.packs = packs;
  }

  @Override
  public void prepare(String id, NodeEntry entry, Steps steps) {
    packs.get().fetch(found(id, entry), steps);
  }

  @Override
  public void unpack(String id, NodeEntry entry, Path folder) {
    if (!packs.get().cache().unpack(found(id, entry), folder)) {
      throw new TidepoolException(
          ErrorKind.UNAVAILABLE,
          "pack-not-available",
          "The files of the node pack " + id + " are not in the cache any more.",
          "Do it again: they are downloaded anew.");
    }
  }

  private static FoundPack found(String id, NodeEntry entry) {
    return FoundPack.of(entry)
        .orElseThrow(() -> new IllegalStateException("a development node is not fetched: " + id));
  }
}
