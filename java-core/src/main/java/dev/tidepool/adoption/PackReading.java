package dev.tidepool.adoption;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.RepositoryUrl;
import dev.tidepool.git.WorkTree;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackNames;
import dev.tidepool.nodepack.PackRequest;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.nodepack.RequirementScan;
import dev.tidepool.toml.TomlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what the folders in {@code custom_nodes} are. What can be had again exactly as it is, a
 * commit of a repository or a version of the registry, is listed as that; everything else is a
 * folder that somebody works on, which nothing ever replaces.
 */
final class PackReading {
  private static final Set<String> NO_PACKS =
      Set.of("__pycache__", "node_modules", "venv", "env", "build", "dist");
  private static final long LARGEST = 1 << 20;

  private final Packs packs;
  private final Steps steps;
  private boolean registryAnswers = true;

  PackReading(Packs packs, Steps steps) {
    this.packs = packs;
    this.steps = steps;
  }

  List<AdoptedPack> read(Path customNodes) throws IOException {
    List<AdoptedPack> found = new ArrayList<>();
    for (Path child : Folders.children(customNodes)) {
      String name = String.valueOf(child.getFileName());
      if (!Files.isDirectory(child) || name.startsWith(".") || NO_PACKS.contains(name)) {
        continue;
      }
      if (name.toLowerCase(Locale.ROOT).endsWith(PackNames.DISABLED)) {
        found.add(AdoptedPack.unlisted(name, "disabled"));
      } else if (PackNames.isFolder(name)) {
        found.add(pack(child, name));
      } else {
        found.add(AdoptedPack.unlisted(name, "its name is none that every system can have"));
      }
    }
    return found;
  }

  private AdoptedPack pack(Path folder, String name) throws IOException {
    steps.at(name);
    List<String> requirements = RequirementScan.of(folder).requirements();
    if (Files.isSymbolicLink(folder)) {
      return development(folder, name, requirements, "a link to " + Folders.real(folder));
    }
    Optional<WorkTree> tree = WorkTree.of(folder);
    if (tree.isPresent()) {
      return repository(tree.get(), folder, name, requirements);
    }
    Optional<FoundPack> known = registered(folder);
    return known.isPresent()
        ? new AdoptedPack(
            name,
            Optional.of(entry(name, known.get())),
            requirements,
            "the registry has this version")
        : development(folder, name, requirements, "nothing says where it comes from");
  }

  private AdoptedPack repository(
      WorkTree tree, Path folder, String name, List<String> requirements) {
    Optional<String> url = tree.origin().flatMap(PackReading::reachable);
    Optional<String> head = tree.head();
    if (url.isEmpty() || head.isEmpty()) {
      return development(folder, name, requirements, "a repository without a remote");
    }
    if (tree.isDirty()) {
      return development(folder, name, requirements, "its files were changed");
    }
    if (!tree.isPublished()) {
      return development(folder, name, requirements, "no branch of its origin has its commit");
    }
    NodeEntry entry = NodeEntry.git(name, url.get(), head.get()).at(tree.branch(), head);
    return new AdoptedPack(
        name,
        Optional.of(packs.idOfRepository(url.get()).map(entry::withRegistryId).orElse(entry)),
        requirements,
        "at commit " + head.get().substring(0, 8));
  }

  private static AdoptedPack development(
      Path folder, String name, List<String> requirements, String why) {
    Optional<WorkTree> tree = WorkTree.of(folder);
    NodeEntry entry =
        NodeEntry.development(name)
            .at(tree.flatMap(WorkTree::branch), tree.flatMap(WorkTree::head));
    Optional<String> origin = tree.flatMap(WorkTree::origin);
    return new AdoptedPack(
        name, Optional.of(origin.map(entry::withRepository).orElse(entry)), requirements, why);
  }

  private static NodeEntry entry(String name, FoundPack pack) {
    NodeEntry entry =
        NodeEntry.registry(name, pack.registryId().orElse(name), pack.version().orElse(""));
    if (pack.repository().isPresent()) {
      entry = entry.withRepository(pack.repository().get());
    }
    return pack.download().isPresent() ? entry.withDownloadUrl(pack.download().get()) : entry;
  }

  /** What the registry knows of the name and the version that the pack gives itself. */
  private Optional<FoundPack> registered(Path folder) throws IOException {
    Path file = folder.resolve("pyproject.toml");
    if (!registryAnswers || !Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      return Optional.empty();
    }
    try {
      TomlDocument project =
          TomlDocument.parse(
              new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file.toString());
      if (project.get("project", "name") instanceof String id
          && project.get("project", "version") instanceof String version
          && PackRequest.parse(id + "@" + version, false) instanceof PackRequest.Registered asked) {
        return Optional.of(packs.find(asked, steps));
      }
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      if (e.kind() == ErrorKind.UNAVAILABLE) {
        // Each other pack would wait as long.
        registryAnswers = false;
        steps.note(
            "The registry cannot be asked ("
                + e.code()
                + "): packs without a repository count as folders of your own.");
      }
    }
    return Optional.empty();
  }

  /** The address of a repository that is not of this machine, without secrets. */
  private static Optional<String> reachable(String url) {
    try {
      RepositoryUrl parsed = RepositoryUrl.parse(Texts.nfc(url));
      return parsed.isLocal() ? Optional.empty() : Optional.of(parsed.text());
    } catch (TidepoolException e) {
      return Optional.empty();
    }
  }
}
