package dev.tidepool.node;

import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What happens to the folder of a pack that leaves its place. */
final class Leaving {
  private final CustomNodes folder;
  private final PackCache cache;

  Leaving(CustomNodes folder, PackCache cache) {
    this.folder = folder;
    this.cache = cache;
  }

  /** Deleted when the cache has exactly these files; else there may be work of the user's in it. */
  List<Clearing> clear(NodeEntry entry) throws IOException {
    Optional<Path> there = folder.find(entry.name());
    if (there.isEmpty()) {
      return List.of();
    }
    boolean kept =
        FoundPack.of(entry).filter(pack -> cache.isUnchanged(pack, there.get())).isPresent();
    return List.of(kept ? new Clearing.Gone(there.get()) : new Clearing.ToTrash(there.get()));
  }

  /** A folder that the user works on is disabled; one that was disabled before gives way. */
  List<Clearing> disable(NodeEntry entry) throws IOException {
    Optional<Path> there = folder.find(entry.name());
    if (there.isEmpty()) {
      return List.of();
    }
    Clearing renamed = new Clearing.Renamed(there.get(), folder.disabled(entry.name()));
    return folder
        .findDisabled(entry.name())
        .map(old -> List.of(new Clearing.ToTrash(old), renamed))
        .orElse(List.of(renamed));
  }

  List<Clearing> of(NodeEntry entry) throws IOException {
    return entry.source() == NodeSource.DEVELOPMENT ? disable(entry) : clear(entry);
  }
}
