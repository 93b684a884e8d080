package dev.tidepool.node;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.WorkTree;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.node.Conflict.Way;
import dev.tidepool.nodepack.PackNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists a folder that the user works on. The folder stays the user's: it is never replaced. */
final class Tracking {
  private final CustomNodes folder;
  private final Map<String, NodeEntry> nodes;
  private final Questions questions;
  private final boolean force;

  Tracking(CustomNodes folder, Map<String, NodeEntry> nodes, Questions questions, boolean force) {
    this.folder = folder;
    this.nodes = nodes;
    this.questions = questions;
    this.force = force;
  }

  Incoming track(String typed) throws IOException {
    String wanted = name(typed);
    Optional<Path> active = folder.find(wanted);
    Optional<Path> disabled = folder.findDisabled(wanted);
    if (active.isEmpty() && disabled.isEmpty()) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "node-folder-not-found",
          "There is no folder "
              + Texts.quoted(wanted)
              + " in "
              + folder.place(wanted).getParent()
              + ".",
          "Put it there, or a link to it, then try again.");
    }
    refuseListed(wanted);
    String name = active.map(Tracking::last).orElse(wanted);
    Path place = folder.place(name);
    if (disabled.isEmpty()) {
      return incoming(name, active.orElseThrow(), List.of());
    }
    Clearing back = new Clearing.Renamed(disabled.get(), place);
    if (active.isEmpty()) {
      return incoming(name, disabled.get(), List.of(back));
    }
    return switch (way(name)) {
      case BRING_BACK ->
          incoming(name, disabled.get(), List.of(new Clearing.ToTrash(active.get()), back));
      default -> incoming(name, active.get(), List.of(new Clearing.ToTrash(disabled.get())));
    };
  }

  private Way way(String name) {
    Conflict both =
        new Conflict(
            "node-disabled-there",
            "There are both a folder " + name + " and a disabled one, " + name + ".disabled.",
            List.of(Way.BRING_BACK, Way.DISCARD_DISABLED));
    Optional<Way> chosen = force ? Optional.of(Way.DISCARD_DISABLED) : questions.choose(both);
    return chosen.orElseThrow(
        () ->
            both.error("Rename one of them, or add --force: the disabled one goes to the trash."));
  }

  private static Incoming incoming(String name, Path now, List<Clearing> clearings) {
    Optional<WorkTree> tree = WorkTree.of(now);
    NodeEntry entry =
        NodeEntry.development(name)
            .at(tree.flatMap(WorkTree::branch), tree.flatMap(WorkTree::head));
    Optional<String> origin = tree.flatMap(WorkTree::origin);
    return Incoming.development(origin.map(entry::withRepository).orElse(entry), clearings);
  }

  /** The name of a folder in {@code custom_nodes}, from its name or its path. */
  private String name(String typed) throws IOException {
    Path given;
    try {
      given = Path.of(typed);
    } catch (InvalidPathException e) {
      throw new TidepoolException(
          e, ErrorKind.USAGE, "path-invalid", "Not a possible path: " + typed + ".");
    }
    Path home = Folders.real(java.util.Objects.requireNonNull(folder.place("x").getParent()));
    Path parent = given.toAbsolutePath().normalize().getParent();
    boolean inside = parent != null && Folders.real(parent).equals(home);
    if (!inside && (given.getNameCount() != 1 || given.isAbsolute() || typed.startsWith("."))) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "node-folder-elsewhere",
          "The folder " + typed + " is not in " + home + ", where ComfyUI looks for node packs.",
          "Move it there, or link it: ln -s "
              + given.toAbsolutePath().normalize()
              + " "
              + home.resolve(last(given.toAbsolutePath().normalize())));
    }
    String name = last(inside ? given.toAbsolutePath().normalize() : given);
    boolean disabled =
        name.toLowerCase(java.util.Locale.ROOT).endsWith(PackNames.DISABLED)
            && Files.isDirectory(home.resolve(name));
    return PackNames.folder(
        disabled ? name.substring(0, name.length() - PackNames.DISABLED.length()) : name);
  }

  private void refuseListed(String name) {
    nodes.forEach(
        (id, entry) -> {
          if (Texts.key(entry.name()).equals(Texts.key(name))) {
            throw new TidepoolException(
                ErrorKind.CONFLICT,
                "node-already-added",
                "The environment lists " + entry.name() + " already.",
                "To look at its requirements anew: tidepool node update " + id + ".");
          }
        });
  }

  private static String last(Path path) {
    return String.valueOf(path.getFileName());
  }
}
