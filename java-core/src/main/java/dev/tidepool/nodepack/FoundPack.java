package dev.tidepool.nodepack;

import dev.tidepool.hash.Sha256;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One state of a pack, exactly: what it takes to get the same files again.
 *
 * @param folder the name of its folder in {@code custom_nodes}, checked
 * @param origin where its files come from
 * @param registryId its id in the registry, when it is there
 * @param repository the URL of its git repository, when one is known
 * @param version a version of the registry, or the commit of a git repository
 * @param download where its archive is
 * @param branch what was asked for of a git repository and moves on, a branch
 */
public record FoundPack(
    String folder,
    Origin origin,
    Optional<String> registryId,
    Optional<String> repository,
    Optional<String> version,
    Optional<String> download,
    Optional<String> branch) {
  /** Where a pack's files come from. */
  public enum Origin {
    /** An archive of the registry. */
    REGISTRY("registry"),
    /** A git repository. */
    GIT("git");

    private final String word;

    Origin(String word) {
      this.word = word;
    }

    /** The word for it in ComfyDock's files. */
    public String word() {
      return word;
    }
  }

  /** The state that a manifest's entry means; nothing for a folder that somebody works on. */
  public static Optional<FoundPack> of(NodeEntry entry) {
    if (entry.source() == NodeSource.DEVELOPMENT) {
      return Optional.empty();
    }
    return Optional.of(
        new FoundPack(
            PackNames.folder(entry.name()),
            entry.source() == NodeSource.GIT ? Origin.GIT : Origin.REGISTRY,
            entry.registryId(),
            entry.repository(),
            entry.version(),
            entry.downloadUrl(),
            entry.branch()));
  }

  /** The entry of a manifest that means this state. */
  public NodeEntry entry() {
    return new NodeEntry(
        folder,
        registryId,
        repository,
        version,
        origin == Origin.GIT ? NodeSource.GIT : NodeSource.REGISTRY,
        download,
        List.of(),
        branch,
        origin == Origin.GIT ? version : Optional.empty());
  }

  /** What a manifest lists it under. */
  public String id() {
    return registryId.orElse(folder);
  }

  /** The pack and its version as a person reads it. */
  public String text() {
    return id() + version.map(v -> " " + (origin == Origin.GIT ? shortened(v) : v)).orElse("");
  }

  /**
   * The key that ComfyDock keeps this state under: the first 16 hex digits of the SHA-256 of what
   * identifies it, joined by bars.
   */
  String cacheKey() {
    String joined =
        Stream.of(
                Optional.of(folder),
                registryId,
                repository,
                version,
                download,
                Optional.of(origin.word()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("|"));
    return Sha256.of(joined).substring(0, 16);
  }

  private static String shortened(String commit) {
    return commit.length() == 40 ? commit.substring(0, 8) : commit;
  }
}
