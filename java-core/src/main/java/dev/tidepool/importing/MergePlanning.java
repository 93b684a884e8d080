package dev.tidepool.importing;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.environment.Environment;
import dev.tidepool.importing.ImportConflict.Kind;
import dev.tidepool.importing.ImportConflict.Way;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what a bundle brings with an environment that is there. */
final class MergePlanning {
  private final Environment environment;
  private final Bundle bundle;
  private final Manifest manifest;
  private final List<ImportConflict> conflicts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  MergePlanning(Environment environment, Bundle bundle) {
    this.environment = environment;
    this.bundle = bundle;
    this.manifest = environment.manifest();
  }

  List<ImportConflict> conflicts() {
    return List.copyOf(conflicts);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The packs, those marked that the environment has already as they are. */
  List<PlannedPack> packs(List<PlannedPack> planned) throws IOException {
    List<PlannedPack> result = new ArrayList<>();
    for (PlannedPack each : planned) {
      if (!each.comes()) {
        result.add(each);
        continue;
      }
      Optional<Map.Entry<String, NodeEntry>> listed = listed(each);
      Optional<Path> folder = folder(each.entry().name());
      if (listed.isPresent() && isSame(listed.get().getValue(), each, folder)) {
        result.add(folder.isPresent() ? each.there() : each);
        continue;
      }
      result.add(each);
      if (listed.isPresent()) {
        conflict(
            each.id(),
            "The environment has the node pack "
                + listed.get().getKey()
                + " in another state, "
                + state(listed.get().getValue())
                + "; the bundle's is "
                + state(each.entry())
                + ".");
      } else if (folder.isPresent()) {
        conflict(
            each.id(),
            "There is a folder "
                + folder.get().getFileName()
                + " in custom_nodes that belongs to no pack of the environment.");
      }
    }
    return result;
  }

  private void conflict(String id, String message) {
    conflicts.add(
        new ImportConflict(Kind.PACK, id, message, List.of(Way.KEEP_MINE, Way.TAKE_THEIRS)));
  }

  /** Packages that a pack which comes asks for, and the environment takes from elsewhere. */
  void sources(List<PlannedPack> packs, Manifest theirs) {
    Set<String> told = new HashSet<>();
    for (PlannedPack each : packs) {
      List<String> wanted =
          each.comes()
              ? theirs
                  .groupOf(each.id())
                  .map(group -> theirs.groups().getOrDefault(group, List.of()))
                  .orElse(List.of())
              : List.of();
      for (String name : ArrivingSources.differing(manifest, theirs, wanted)) {
        if (told.add(name)) {
          conflicts.add(
              new ImportConflict(
                  Kind.SOURCE,
                  name,
                  "The environment takes the Python package "
                      + name
                      + " from another place (tool.uv.sources) than the bundle.",
                  List.of(Way.KEEP_MINE, Way.TAKE_THEIRS)));
        }
      }
    }
  }

  Optional<Map.Entry<String, NodeEntry>> listed(PlannedPack pack) {
    String key = Texts.key(pack.entry().name());
    return manifest.nodes().entrySet().stream()
        .filter(
            each ->
                each.getKey().equalsIgnoreCase(pack.id())
                    || Texts.key(each.getValue().name()).equals(key))
        .findFirst();
  }

  private Optional<Path> folder(String name) throws IOException {
    String key = Texts.key(name);
    return Folders.children(environment.customNodes()).stream()
        .filter(each -> Texts.key(String.valueOf(each.getFileName())).equals(key))
        .findFirst();
  }

  private boolean isSame(NodeEntry mine, PlannedPack pack, Optional<Path> folder)
      throws IOException {
    NodeEntry theirs = pack.entry();
    if (mine.source() != theirs.source() || !mine.name().equals(theirs.name())) {
      return false;
    }
    return mine.source() == NodeSource.DEVELOPMENT
        ? folder.isPresent() && holds(folder.get(), theirs.name())
        : mine.version().equals(theirs.version());
  }

  /** Whether a folder that somebody works on has all files of the bundle's as they are. */
  private boolean holds(Path folder, String name) throws IOException {
    String place = "dev_nodes/" + name;
    for (String member : bundle.under(place)) {
      Path file = folder.resolve(member.substring(place.length() + 1));
      if (!Files.isRegularFile(file) || Files.mismatch(file, bundle.path(member)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static String state(NodeEntry entry) {
    return entry.source() == NodeSource.DEVELOPMENT
        ? "files that somebody works on"
        : entry.version().map(v -> "version " + v).orElse("an unknown version");
  }

  /** A workflow of the same path with other content is in the way. */
  void workflow(String path, byte[] content) throws IOException {
    Path live = environment.liveWorkflows().resolve(path);
    Path kept = environment.workflows().resolve(path);
    for (Path file : List.of(live, kept)) {
      if (Folders.isThere(file)
          && (!Files.isRegularFile(file) || !SameWorkflow.is(Files.readAllBytes(file), content))) {
        conflicts.add(
            new ImportConflict(
                Kind.WORKFLOW,
                path,
                "The environment has another workflow " + path + ".",
                List.of(Way.KEEP_MINE, Way.TAKE_THEIRS, Way.KEEP_BOTH)));
        return;
      }
    }
  }

  void compare(Manifest theirs) {
    if (!theirs.comfyUi().version().equals(manifest.comfyUi().version())) {
      notes.add(
          "The bundle was made with ComfyUI "
              + theirs.comfyUi().version()
              + "; this environment has "
              + manifest.comfyUi().version()
              + ".");
    }
    if (!theirs.pythonVersion().equals(manifest.pythonVersion())) {
      notes.add(
          "The bundle was made with Python "
              + theirs.pythonVersion()
              + "; this environment has "
              + manifest.pythonVersion()
              + ".");
    }
  }
}
