package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.WorkTree;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackRequest;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.nodepack.RequirementScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds newer states of packs. */
final class Updating {
  private final CustomNodes folder;
  private final Packs packs;

  Updating(Environment environment, NodeTools tools) {
    this.folder = new CustomNodes(environment.customNodes());
    this.packs = tools.packs().renewed();
  }

  List<PackUpdate> updates(Manifest manifest, List<String> ids, Steps steps) throws IOException {
    List<PackUpdate> updates = new ArrayList<>();
    for (String id : ids) {
      NodeEntry entry = entry(manifest, id);
      Optional<String> to = Optional.empty();
      Optional<String> reason = Optional.empty();
      try {
        to = newer(manifest, id, steps).map(each -> target(entry, each));
      } catch (TidepoolException e) {
        if (e.kind() == ErrorKind.STOPPED) {
          throw e;
        }
        reason = Optional.of(e.text());
      }
      updates.add(new PackUpdate(id, entry.name(), entry.version(), to, reason));
    }
    return updates;
  }

  List<Incoming> incoming(Manifest manifest, List<String> ids, Steps steps) throws IOException {
    List<Incoming> all = new ArrayList<>();
    for (String id : ids) {
      newer(manifest, id, steps).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Incoming> newer(Manifest manifest, String id, Steps steps) throws IOException {
    NodeEntry entry = entry(manifest, id);
    steps.begin("Looking for a newer " + entry.name());
    if (entry.source() == NodeSource.DEVELOPMENT) {
      return rescanned(manifest, id, entry);
    }
    Optional<FoundPack> newest = newest(entry, steps);
    if (newest.isEmpty() || newest.get().version().equals(entry.version())) {
      return Optional.empty();
    }
    FoundPack found = newest.get();
    FoundPack pack =
        new FoundPack(
            entry.name(),
            found.origin(),
            found.registryId().or(entry::registryId),
            found.repository(),
            found.version(),
            found.download(),
            found.branch());
    return Optional.of(
        new Incoming(
            id,
            pack.entry(),
            Optional.of(pack),
            new Leaving(folder, packs.cache()).clear(entry),
            Optional.of(id)));
  }

  private Optional<FoundPack> newest(NodeEntry entry, Steps steps) {
    if (entry.source() == NodeSource.GIT) {
      return entry
          .repository()
          .map(url -> packs.find(new PackRequest.Repository(url, entry.branch()), steps));
    }
    return entry
        .registryId()
        .map(id -> packs.find(new PackRequest.Registered(id, Optional.empty()), steps));
  }

  private Optional<Incoming> rescanned(Manifest manifest, String id, NodeEntry entry)
      throws IOException {
    Optional<Path> there = folder.find(entry.name());
    if (there.isEmpty()) {
      return Optional.empty();
    }
    List<String> before =
        manifest.groupOf(id).map(group -> manifest.groups().get(group)).orElse(List.of());
    Optional<WorkTree> tree = WorkTree.of(there.get());
    NodeEntry now = entry.at(tree.flatMap(WorkTree::branch), tree.flatMap(WorkTree::head));
    boolean same = RequirementScan.of(there.get()).requirements().equals(before);
    return same && now.equals(entry)
        ? Optional.empty()
        : Optional.of(new Incoming(id, now, Optional.empty(), List.of(), Optional.of(id)));
  }

  private static String target(NodeEntry entry, Incoming incoming) {
    return entry.source() == NodeSource.DEVELOPMENT
        ? "what it asks for now"
        : incoming.entry().version().orElse("");
  }

  private static NodeEntry entry(Manifest manifest, String id) {
    return java.util.Objects.requireNonNull(manifest.nodes().get(id));
  }
}
