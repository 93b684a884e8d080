package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Http;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Finds packs by what a user calls them, and fetches their files into the cache. Thread-safe. */
public final class Packs {
  private final Registry registry;
  private final PackCache cache;
  private final NodeMappings mappings;
  private final GitPacks git;

  Packs(Registry registry, PackCache cache, NodeMappings mappings, GitPacks git) {
    this.registry = registry;
    this.cache = cache;
    this.mappings = mappings;
    this.git = git;
  }

  /**
   * The packs of a workspace, from the registry that the environment names.
   *
   * @throws TidepoolException {@code registry-url-invalid}
   */
  public static Packs of(
      Workspace workspace, Map<String, String> environment, StoreLocks locks, Clock clock) {
    return new Packs(
        Registry.at(RegistryAddress.of(environment), workspace.apiCache(), clock),
        new PackCache(workspace.packCache(), locks, clock),
        new NodeMappings(workspace.packCache().resolve("node_mappings.json")),
        new ClonedPacks());
  }

  /** The same, with a registry that is asked anew. */
  public Packs renewed() {
    return new Packs(registry.renewed(), cache, mappings, git);
  }

  /** The cache that packs are fetched into. */
  public PackCache cache() {
    return cache;
  }

  /**
   * Finds a pack of the registry.
   *
   * @throws TidepoolException {@code node-not-found}, {@code node-version-not-found}, {@code
   *     node-banned}, and those of {@link Registry#pack}
   */
  public FoundPack find(PackRequest.Registered request, Steps steps) {
    try {
      return new RegistrySearch(registry, steps).find(request);
    } catch (TidepoolException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE) {
        throw e;
      }
      FoundPack known =
          StorageFailures.translate(
                  "read the cache of node packs",
                  () -> cache.known(request.id(), request.version()))
              .or(() -> mapped(request))
              .orElseThrow(() -> e);
      steps.note("The registry cannot be asked (" + e.code() + "): taking " + known.text() + ".");
      return known;
    }
  }

  /**
   * Finds a git repository's state.
   *
   * @throws TidepoolException {@code git-unreachable}, {@code git-ref-not-found}, {@code
   *     node-name-invalid}
   */
  public FoundPack find(PackRequest.Repository request, Steps steps) {
    String url = request.url();
    String folder = PackNames.folder(lastPart(url));
    GitPacks.State state = git.find(url, request.ref(), steps);
    return new FoundPack(
        folder,
        FoundPack.Origin.GIT,
        mappings.ofRepository(other -> git.same(url, other)),
        Optional.of(url),
        Optional.of(state.commit()),
        Optional.empty(),
        state.branch());
  }

  /** The registry's id of the pack in a repository, where ComfyDock's list knows it. */
  public Optional<String> idOfRepository(String url) {
    return mappings.ofRepository(other -> git.same(url, other));
  }

  /**
   * Sees to it that the cache holds a pack's files.
   *
   * @throws TidepoolException {@code node-no-source}, and those of {@link Registry#pack} and of
   *     archives
   */
  public void fetch(FoundPack pack, Steps steps) {
    if (cache.holds(pack)) {
      return;
    }
    StorageFailures.translate(
        "keep " + pack.text(),
        () -> {
          Path work = cache.work();
          try {
            Path content = work.resolve("content");
            get(pack, work, content, steps);
            cache.add(pack, content);
          } finally {
            Folders.deleteQuietly(work);
          }
          return true;
        });
  }

  private void get(FoundPack pack, Path work, Path content, Steps steps) throws IOException {
    if (pack.origin() == FoundPack.Origin.REGISTRY && pack.download().isPresent()) {
      URI uri = URI.create(pack.download().get());
      Path archive = work.resolve("download");
      registry.download(uri, archive, steps);
      new PackArchive(archive, Http.shown(uri)).unpack(content);
    } else if (pack.repository().isPresent() && pack.version().isPresent()) {
      git.checkOut(
          pack.repository().get(),
          new GitPacks.State(pack.version().get(), pack.branch()),
          content,
          steps);
    } else {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "node-no-source",
          "Nothing says where the files of " + pack.text() + " are.",
          "Add the pack by the URL of its git repository.");
    }
  }

  private Optional<FoundPack> mapped(PackRequest.Registered request) {
    return mappings
        .pack(request.id())
        .flatMap(
            pack ->
                pack.version(request.version())
                    .map(
                        version ->
                            new FoundPack(
                                RegistrySearch.folder(pack.name(), pack.id()),
                                FoundPack.Origin.REGISTRY,
                                Optional.of(pack.id()),
                                pack.repository(),
                                Optional.of(version),
                                Optional.ofNullable(pack.downloads().get(version)),
                                Optional.empty())));
  }

  private static String lastPart(String url) {
    String path =
        url.replaceFirst("[?#].*", "").replaceFirst("/+$", "").replaceFirst("(?i)\\.git$", "");
    return Texts.nfc(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1));
  }
}
