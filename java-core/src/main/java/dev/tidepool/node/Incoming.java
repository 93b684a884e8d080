package dev.tidepool.node;

import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackNeeds;
import java.util.List;
import java.util.Optional;

/**
 * A pack that is about to be listed in the manifest.
 *
 * @param id its key there
 * @param pack where its files come from; nothing for a folder that is there already
 * @param clearings what happens first, in this order
 * @param replaces the key of the entry whose place it takes
 */
record Incoming(
    String id,
    NodeEntry entry,
    Optional<FoundPack> pack,
    List<Clearing> clearings,
    Optional<String> replaces) {
  Incoming {
    clearings = List.copyOf(clearings);
  }

  static Incoming found(FoundPack pack, List<Clearing> clearings, Optional<String> replaces) {
    return new Incoming(pack.id(), pack.entry(), Optional.of(pack), clearings, replaces);
  }

  static Incoming development(NodeEntry entry, List<Clearing> clearings) {
    return new Incoming(entry.name(), entry, Optional.empty(), clearings, Optional.empty());
  }

  /** The name of its dependency group. */
  String group() {
    return NodeEntry.groupName(entry, entry.registryId().orElse(entry.name()));
  }

  Manifest in(Manifest manifest, PackNeeds needs) {
    Manifest changed = replaces.map(manifest::withoutNode).orElse(manifest);
    if (!needs.requirements().isEmpty()) {
      changed = changed.withGroup(group(), needs.requirements());
    }
    return changed.withNode(id, entry);
  }
}
