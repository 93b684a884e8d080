package dev.tidepool.manifest;

import dev.tidepool.hash.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A node pack as {@code [tool.comfydock.nodes.<id>]} describes it.
 *
 * @param name its folder in {@code custom_nodes}
 * @param version of the registry, or a commit, or {@code dev}
 * @param downloadUrl of the registry's archive
 * @param dependencySources the keys in {@code [tool.uv.sources]} that came with it
 * @param branch of a development pack that is a git repository
 * @param pinnedCommit of such a one
 */
public record NodeEntry(
    String name,
    Optional<String> registryId,
    Optional<String> repository,
    Optional<String> version,
    NodeSource source,
    Optional<String> downloadUrl,
    List<String> dependencySources,
    Optional<String> branch,
    Optional<String> pinnedCommit) {
  /** Copies the list. */
  public NodeEntry {
    dependencySources = List.copyOf(dependencySources);
  }

  /** A pack from the registry. */
  public static NodeEntry registry(String name, String id, String version) {
    return new NodeEntry(
        name,
        Optional.of(id),
        Optional.empty(),
        Optional.of(version),
        NodeSource.REGISTRY,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** A pack from a git repository. */
  public static NodeEntry git(String name, String repository, String commit) {
    return new NodeEntry(
        name,
        Optional.empty(),
        Optional.of(repository),
        Optional.of(commit),
        NodeSource.GIT,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** A folder that somebody works on. */
  public static NodeEntry development(String name) {
    return new NodeEntry(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.of("dev"),
        NodeSource.DEVELOPMENT,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with the address of the registry's archive. */
  public NodeEntry withDownloadUrl(String url) {
    return new NodeEntry(
        name,
        registryId,
        repository,
        version,
        source,
        Optional.of(url),
        dependencySources,
        branch,
        pinnedCommit);
  }

  /** The same with the repository it is developed in. */
  public NodeEntry withRepository(String url) {
    return new NodeEntry(
        name,
        registryId,
        Optional.of(url),
        version,
        source,
        downloadUrl,
        dependencySources,
        branch,
        pinnedCommit);
  }

  /** The same with its id in the registry. */
  public NodeEntry withRegistryId(String id) {
    return new NodeEntry(
        name,
        Optional.of(id),
        repository,
        version,
        source,
        downloadUrl,
        dependencySources,
        branch,
        pinnedCommit);
  }

  /** The same with the keys in {@code [tool.uv.sources]} that came with it. */
  public NodeEntry withDependencySources(List<String> sources) {
    return new NodeEntry(
        name, registryId, repository, version, source, downloadUrl, sources, branch, pinnedCommit);
  }

  /** The same at a branch and a commit; an empty branch is a detached head. */
  public NodeEntry at(Optional<String> branch, Optional<String> commit) {
    return new NodeEntry(
        name,
        registryId,
        repository,
        version,
        source,
        downloadUrl,
        dependencySources,
        branch,
        commit);
  }

  /**
   * The dependency group of a pack, as ComfyDock names it: the name in lower case with hyphens, and
   * eight hex digits of the SHA-256 of its repository, or else of its id.
   *
   * @param id what stands for a repository: the pack's key in {@code [tool.comfydock.nodes]}
   */
  public static String groupName(NodeEntry entry, String id) {
    String base = entry.name().isEmpty() ? id : entry.name();
    String plain =
        base.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return plain + "-" + Sha256.of(entry.repository().orElse(id)).substring(0, 8);
  }
}
