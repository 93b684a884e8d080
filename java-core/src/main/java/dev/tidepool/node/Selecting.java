package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.node.Conflict.Way;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackRequest;
import dev.tidepool.nodepack.Packs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides, for one pack that is wanted, what takes which place, and what has to go for that. */
final class Selecting {
  private final CustomNodes folder;
  private final Map<String, NodeEntry> nodes;
  private final Obstacles obstacles;
  private final Packs packs;
  private final Questions questions;
  private final boolean force;

  Selecting(
      Environment environment,
      Map<String, NodeEntry> nodes,
      Packs packs,
      Questions questions,
      boolean force) {
    this.folder = new CustomNodes(environment.customNodes());
    this.nodes = nodes;
    this.obstacles = new Obstacles(folder, nodes);
    this.packs = packs;
    this.questions = questions;
    this.force = force;
  }

  Incoming select(PackRequest request, Steps steps) throws IOException {
    if (request instanceof PackRequest.Development development) {
      return new Tracking(folder, nodes, questions, force).track(development.folder());
    }
    steps.begin("Looking for " + request.text());
    if (request instanceof PackRequest.Registered registered) {
      return place(packs.find(registered, steps), registered.version().isPresent());
    }
    PackRequest.Repository repository = (PackRequest.Repository) request;
    return place(packs.find(repository, steps), repository.ref().isPresent());
  }

  private Incoming place(FoundPack pack, boolean exact) throws IOException {
    Optional<String> listed = obstacles.listed(pack);
    if (listed.isPresent()) {
      return replace(listed.get(), pack, exact);
    }
    List<Clearing> clearings = new ArrayList<>();
    Optional<Conflict> conflict = obstacles.inTheWay(pack);
    if (conflict.isPresent()) {
      Path there = folder.find(pack.folder()).orElseThrow();
      switch (way(conflict.get(), Way.REPLACE, pack)) {
        case REPLACE -> clearings.add(new Clearing.ToTrash(there));
        case RENAME ->
            clearings.add(
                new Clearing.Renamed(there, folder.free(String.valueOf(there.getFileName()))));
        default -> {
          return new Tracking(folder, nodes, questions, force)
              .track(String.valueOf(there.getFileName()));
        }
      }
    }
    Optional<Conflict> disabled = obstacles.disabled(pack);
    if (disabled.isPresent()) {
      if (way(disabled.get(), Way.DISCARD_DISABLED, pack) == Way.BRING_BACK) {
        return new Tracking(folder, nodes, questions, true).track(pack.folder());
      }
      clearings.add(new Clearing.ToTrash(folder.findDisabled(pack.folder()).orElseThrow()));
    }
    return Incoming.found(pack, clearings, Optional.empty());
  }

  /** A pack that is listed already takes its own place, when another state of it is named. */
  private Incoming replace(String id, FoundPack pack, boolean exact) throws IOException {
    NodeEntry entry = java.util.Objects.requireNonNull(nodes.get(id));
    boolean development = entry.source() == NodeSource.DEVELOPMENT;
    boolean samePack = FoundPack.of(entry).filter(known -> known.equals(pack)).isPresent();
    if (!force && (development || !exact || samePack)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "node-already-added",
          "The environment has " + entry.name() + " already, " + state(entry) + ".",
          development
              ? "Remove it first with tidepool node remove " + id + ", which keeps your folder."
              : "To get its newest state: tidepool node update " + id + ".",
          "To put the pack in its place all the same, add --force: your folder goes to the trash.");
    }
    return Incoming.found(pack, new Leaving(folder, packs.cache()).clear(entry), Optional.of(id));
  }

  private static String state(NodeEntry entry) {
    return entry.source() == NodeSource.DEVELOPMENT
        ? "as a folder that you work on"
        : entry.version().map(v -> "version " + v).orElse("in an unknown version");
  }

  private Way way(Conflict conflict, Way forced, FoundPack pack) {
    if (force) {
      return forced;
    }
    return questions
        .choose(conflict)
        .orElseThrow(
            () ->
                conflict.error(
                    "To track the folder as one that you work on: tidepool node add "
                        + pack.folder()
                        + " --dev",
                    "To move it to the environment's trash: the same command with --force.",
                    "Or give it another name."));
  }
}
