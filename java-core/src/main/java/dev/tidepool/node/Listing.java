package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.git.WorkTree;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.node.ListedPack.State;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the packs that an environment lists. */
final class Listing {
  private final Environment environment;
  private final PackCache cache;

  Listing(Environment environment, PackCache cache) {
    this.environment = environment;
    this.cache = cache;
  }

  List<ListedPack> list() throws IOException {
    Manifest manifest = Manifest.read(environment.pyproject());
    CustomNodes folder = new CustomNodes(environment.customNodes());
    List<ListedPack> packs = new ArrayList<>();
    for (Map.Entry<String, NodeEntry> each : manifest.nodes().entrySet()) {
      NodeEntry entry = each.getValue();
      Optional<Path> there = folder.find(entry.name());
      Optional<WorkTree> tree = there.flatMap(WorkTree::of);
      List<String> requirements =
          manifest
              .groupOf(each.getKey())
              .map(group -> manifest.groups().getOrDefault(group, List.of()))
              .orElse(List.of());
      packs.add(
          new ListedPack(
              each.getKey(),
              entry,
              state(entry, there),
              tree.flatMap(WorkTree::branch).or(entry::branch),
              tree.flatMap(WorkTree::head).or(entry::pinnedCommit),
              tree.map(WorkTree::isDirty).orElse(false),
              requirements));
    }
    return packs;
  }

  private State state(NodeEntry entry, Optional<Path> there) {
    if (there.isEmpty()) {
      return State.MISSING;
    }
    if (entry.source() == NodeSource.DEVELOPMENT) {
      return State.PRESENT;
    }
    Optional<FoundPack> pack = FoundPack.of(entry);
    boolean changed =
        pack.filter(cache::holds)
            .filter(known -> !cache.isUnchanged(known, there.get()))
            .isPresent();
    return changed ? State.CHANGED : State.PRESENT;
  }
}
