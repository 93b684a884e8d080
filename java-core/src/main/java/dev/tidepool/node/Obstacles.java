package dev.tidepool.node;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.RepositoryUrl;
import dev.tidepool.git.WorkTree;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.node.Conflict.Way;
import dev.tidepool.nodepack.FoundPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is in the way of a pack, before anything is downloaded. */
final class Obstacles {
  private final CustomNodes folder;
  private final Map<String, NodeEntry> nodes;

  Obstacles(CustomNodes folder, Map<String, NodeEntry> nodes) {
    this.folder = folder;
    this.nodes = nodes;
  }

  /** The id under which the manifest lists the pack already, by id, repository or folder. */
  Optional<String> listed(FoundPack pack) {
    return nodes.entrySet().stream()
        .filter(each -> isSame(each.getKey(), each.getValue(), pack))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What lies where the pack belongs and is not listed. */
  Optional<Conflict> inTheWay(FoundPack pack) throws IOException {
    Optional<Path> there = folder.find(pack.folder());
    return there.isEmpty() ? Optional.empty() : Optional.of(conflict(there.get(), pack));
  }

  /** What a user disabled, and the pack's name belongs to. */
  Optional<Conflict> disabled(FoundPack pack) throws IOException {
    return folder
        .findDisabled(pack.folder())
        .map(
            path ->
                new Conflict(
                    "node-disabled-there",
                    "There is a disabled folder "
                        + path.getFileName()
                        + " in custom_nodes, which may hold your own work.",
                    List.of(Way.BRING_BACK, Way.DISCARD_DISABLED)));
  }

  private static boolean isSame(String id, NodeEntry entry, FoundPack pack) {
    return Texts.key(entry.name()).equals(Texts.key(pack.folder()))
        || id.equalsIgnoreCase(pack.id())
        || (entry.registryId().isPresent()
            && pack.registryId().filter(entry.registryId().get()::equalsIgnoreCase).isPresent())
        || (entry.repository().isPresent()
            && pack.repository().filter(url -> same(url, entry.repository().get())).isPresent());
  }

  private static Conflict conflict(Path there, FoundPack pack) {
    String name = String.valueOf(there.getFileName());
    if (!name.equals(pack.folder())) {
      return new Conflict(
          "node-folder-case",
          "There is a folder "
              + name
              + " in custom_nodes; "
              + pack.folder()
              + " differs from it in case only.",
          List.of(Way.TRACK, Way.REPLACE, Way.RENAME));
    }
    Optional<WorkTree> tree = Files.isDirectory(there) ? WorkTree.of(there) : Optional.empty();
    if (tree.isEmpty()) {
      return new Conflict(
          "node-folder-exists",
          "There is a folder " + name + " in custom_nodes that no command added.",
          List.of(Way.TRACK, Way.REPLACE, Way.RENAME));
    }
    Optional<String> origin = tree.get().origin();
    if (origin.isEmpty()) {
      return new Conflict(
          "node-repository-local",
          "There is a git repository " + name + " in custom_nodes that comes from nowhere else.",
          List.of(Way.TRACK, Way.RENAME, Way.REPLACE));
    }
    if (pack.repository().filter(url -> same(url, origin.get())).isPresent()) {
      return new Conflict(
          "node-repository-same",
          "There is a clone of the same repository in custom_nodes: " + name + ".",
          List.of(Way.TRACK, Way.REPLACE));
    }
    return new Conflict(
        "node-repository-other",
        "There is a clone of another repository in custom_nodes: "
            + name
            + " comes from "
            + dev.tidepool.process.Secrets.hidden(origin.get())
            + ".",
        List.of(Way.RENAME, Way.TRACK, Way.REPLACE));
  }

  static boolean same(String url, String other) {
    try {
      return RepositoryUrl.parse(url).sameAs(RepositoryUrl.parse(other));
    } catch (TidepoolException e) {
      return false;
    }
  }
}
