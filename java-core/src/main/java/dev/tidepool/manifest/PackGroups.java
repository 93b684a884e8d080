package dev.tidepool.manifest;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the dependency group of a pack among those that there are. */
final class PackGroups {
  private PackGroups() {}

  /** ComfyDock's own name first, then the two that its specification gives. */
  static Optional<String> of(String id, NodeEntry entry, Set<String> groups) {
    return Stream.of(
            NodeEntry.groupName(entry, id),
            NodeEntry.groupName(entry, entry.registryId().orElse(entry.name())),
            "node:" + id,
            id)
        .filter(groups::contains)
        .findFirst();
  }
}
