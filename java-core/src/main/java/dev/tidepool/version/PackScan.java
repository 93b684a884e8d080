package dev.tidepool.version;

import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Compares the folders of node packs with the manifest. */
final class PackScan {
  /** What tools leave there, and ComfyUI does not load. */
  private static final Set<String> NO_PACKS =
      Set.of("__pycache__", "node_modules", "venv", "env", "build", "dist");

  private static final String DISABLED = ".disabled";
  private static final int SHORTEST_HASH = 7;

  private final Path customNodes;
  private final Predicate<String> ignored;
  private final PackLook look;

  /**
   * Compares what is in a folder, which need not exist.
   *
   * @param ignored tells by a folder's name whether it does not belong to the environment
   */
  PackScan(Path customNodes, Predicate<String> ignored, PackLook look) {
    this.customNodes = customNodes;
    this.ignored = ignored;
    this.look = look;
  }

  /** First those recorded, in the manifest's order; then those that are only there, by name. */
  List<PackStatus> compare(List<RecordedPack> recorded) {
    return StorageFailures.translate("look at the node packs", () -> all(recorded));
  }

  private List<PackStatus> all(List<RecordedPack> recorded) throws IOException {
    Map<String, Path> folders = folders();
    Set<String> taken = new HashSet<>();
    List<PackStatus> packs = new ArrayList<>();
    for (RecordedPack pack : recorded) {
      packs.add(recorded(pack, folders));
      taken.add(Texts.key(pack.name()));
    }
    for (Path folder : folders.values()) {
      String name = folder.getFileName().toString();
      boolean other = !name.endsWith(DISABLED) && !taken.contains(Texts.key(name));
      if (other && !ignored.test(name)) {
        packs.add(
            new PackStatus(name, name, PackState.UNTRACKED, "", "", "", look.git(folder, false)));
      }
    }
    return List.copyOf(packs);
  }

  /** By the key of their names: users of systems that ignore case have other spellings. */
  private Map<String, Path> folders() throws IOException {
    Map<String, Path> folders = new TreeMap<>();
    for (Path child : Folders.children(customNodes)) {
      String name = child.getFileName().toString();
      if (!name.startsWith(".") && !NO_PACKS.contains(name) && Files.isDirectory(child)) {
        folders.put(Texts.key(name), child);
      }
    }
    return folders;
  }

  private PackStatus recorded(RecordedPack pack, Map<String, Path> folders) throws IOException {
    Path folder = folders.get(Texts.key(pack.name()));
    if (folder == null) {
      boolean disabled = folders.containsKey(Texts.key(pack.name() + DISABLED));
      PackState state = disabled ? PackState.DISABLED : PackState.MISSING;
      return status(pack, state, "", Optional.empty());
    }
    if (pack.source().equals("registry")) {
      String version = look.version(folder);
      boolean other = !version.isEmpty() && !pack.version().isEmpty();
      other &= !version.equals(pack.version());
      PackState state = other ? PackState.DRIFTED : PackState.INSTALLED;
      return status(pack, state, version, Optional.empty());
    }
    Optional<GitState> git = look.git(folder, pack.isDevelopment());
    PackState changed = pack.isDevelopment() ? PackState.CHANGED : PackState.DRIFTED;
    boolean moved = git.isPresent() && isElsewhere(pack, git.get());
    return status(
        pack, moved ? changed : PackState.INSTALLED, git.map(GitState::commit).orElse(""), git);
  }

  private static boolean isElsewhere(RecordedPack pack, GitState git) {
    String pinned = pinned(pack);
    boolean otherCommit = !pinned.isEmpty() && !git.commit().startsWith(pinned);
    boolean otherBranch =
        pack.isDevelopment() && !pack.branch().isEmpty() && !pack.branch().equals(git.branch());
    return otherCommit || otherBranch || (pack.isDevelopment() && git.dirty());
  }

  /** The commit, which older manifests have as the version. */
  private static String pinned(RecordedPack pack) {
    if (!pack.commit().isEmpty()) {
      return pack.commit();
    }
    boolean hash =
        pack.version().length() >= SHORTEST_HASH
            && pack.version().chars().allMatch(c -> Character.digit(c, 16) >= 0);
    return hash ? pack.version() : "";
  }

  private static PackStatus status(
      RecordedPack pack, PackState state, String found, Optional<GitState> git) {
    String recorded = pack.commit().isEmpty() ? pack.version() : pack.commit();
    return new PackStatus(pack.id(), pack.name(), state, pack.source(), recorded, found, git);
  }
}
