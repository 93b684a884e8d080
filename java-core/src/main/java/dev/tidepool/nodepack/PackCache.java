package dev.tidepool.nodepack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLock;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The packs that were downloaded once, for all environments of a workspace:
 *
 * <pre>
 * comfydock_cache/custom_nodes/
 *   index.json              which state of which pack is which content, as ComfyDock writes it
 *   store/HASH.tar.gz       a content, named by its hash; two states with the same files share it
 *   store/HASH.json         the entries of the index that mean it
 *   store/KEY/content/…     a pack that ComfyDock keeps; read, never written
 * </pre>
 *
 * Thread-safe, also between processes. What turns out to be damaged is set aside and counts as
 * missing.
 */
public final class PackCache {
  private static final Duration STALE_WORK = Duration.ofDays(1);
  private static final String WORK = ".tidepool-";

  private final Path store;
  private final Clock clock;
  private final CacheIndex index;
  private final StoreLock lock;

  /**
   * The cache in a folder, which need not exist.
   *
   * @param folder {@code comfydock_cache/custom_nodes} of a workspace
   */
  public PackCache(Path folder, StoreLocks locks, Clock clock) {
    this.store = folder.resolve("store");
    this.clock = clock;
    this.index = new CacheIndex(folder, clock);
    this.lock = locks.of(folder);
  }

  /** Whether the files of this state are there. */
  public boolean holds(FoundPack pack) {
    return StorageFailures.translate("read the cache of node packs", () -> place(pack)).isPresent();
  }

  /**
   * Writes the pack's files into a new folder, and to the device.
   *
   * @return false when the cache does not have them; the folder may then hold a part
   * @throws TidepoolException {@code disk-full} and other failures of storage, {@code stopped}
   */
  public boolean unpack(FoundPack pack, Path target) {
    return StorageFailures.translate(
        "unpack " + pack.text() + " into " + target,
        () -> {
          Optional<Path> place = place(pack);
          if (place.isEmpty()) {
            return false;
          }
          return Files.isDirectory(place.get())
              ? copy(place.get(), target)
              : unpack(pack, place.get(), target);
        });
  }

  /**
   * Whether a folder holds exactly the pack's files; what Python compiled does not count. False
   * when the cache cannot tell.
   */
  public boolean isUnchanged(FoundPack pack, Path folder) {
    return StorageFailures.translate(
        "compare " + folder,
        () -> {
          Optional<JsonNode> entry = index.entry(pack.cacheKey());
          if (entry.isEmpty() || !Folders.isReal(folder)) {
            return false;
          }
          try {
            return PackFiles.of(folder)
                .withoutCompiled()
                .hash()
                .equals(entry.get().path("content_hash").asText());
          } catch (TidepoolException e) {
            return false;
          }
        });
  }

  /** The newest state that is kept of a pack of the registry, or the named version. */
  Optional<FoundPack> known(String registryId, Optional<String> version) throws IOException {
    Optional<FoundPack> best = Optional.empty();
    Optional<JsonNode> nodes = index.nodes();
    if (nodes.isPresent()) {
      for (JsonNode entry : nodes.get()) {
        Optional<FoundPack> pack = CacheEntry.pack(entry);
        if (pack.isPresent()
            && pack.get().registryId().filter(registryId::equalsIgnoreCase).isPresent()
            && (version.isEmpty() || pack.get().version().equals(version))
            && best.flatMap(FoundPack::version)
                .map(b -> Versions.compare(b, pack.get().version().orElse("")) < 0)
                .orElse(true)
            && place(pack.get()).isPresent()) {
          best = pack;
        }
      }
    }
    return best;
  }

  /** A folder for work that ends in the cache; whoever asked deletes it. */
  Path work() throws IOException {
    Files.createDirectories(store);
    return Files.createDirectory(store.resolve(WORK + UUID.randomUUID()));
  }

  /**
   * Keeps a pack's files.
   *
   * @param content a folder with them, in a {@link #work} folder
   */
  void add(FoundPack pack, Path content) throws IOException {
    PackFiles files = PackFiles.of(content);
    String hash = files.hash();
    Path archive = store.resolve(hash + ".tar.gz");
    Path packed = content.resolveSibling("packed");
    if (!Files.exists(archive)) {
      TarGzWriter.write(files, packed);
    }
    ObjectNode entry = CacheEntry.of(pack, hash, files.bytes(), index.now());
    lock.holding(
        () -> {
          if (Files.exists(packed)) {
            AtomicFiles.move(packed, archive);
          }
          remember(store.resolve(hash + ".json"), pack.cacheKey(), entry);
          index.put(pack.cacheKey(), entry);
          sweep();
          return true;
        });
  }

  private void remember(Path beside, String key, ObjectNode entry) throws IOException {
    ObjectNode entries = JsonTree.object();
    if (Files.exists(beside)) {
      try {
        JsonTree.read(Files.readAllBytes(beside))
            .properties()
            .forEach(known -> entries.set(known.getKey(), known.getValue()));
      } catch (JacksonException e) {
        // Written anew.
      }
    }
    entries.set(key, entry);
    AtomicFiles.write(beside, JsonTree.write(entries));
  }

  /** Where the files are: an archive of ours, or a folder of ComfyDock's. */
  private Optional<Path> place(FoundPack pack) throws IOException {
    String key = pack.cacheKey();
    Optional<JsonNode> entry = index.entry(key);
    if (entry.isEmpty() && Files.exists(store) && index.nodes().isEmpty()) {
      lock.holding(
          () -> {
            index.mend();
            return true;
          });
      entry = index.entry(key);
    }
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String archive = entry.get().path("source_info").path("archive").asText();
    if (archive.matches("[0-9a-f]{64}\\.tar\\.gz") && Files.isRegularFile(store.resolve(archive))) {
      return Optional.of(store.resolve(archive));
    }
    Path folder = store.resolve(key).resolve("content");
    return Folders.isReal(folder) && !Folders.children(folder).isEmpty()
        ? Optional.of(folder)
        : Optional.empty();
  }

  private boolean unpack(FoundPack pack, Path archive, Path target) throws IOException {
    String name = String.valueOf(archive.getFileName());
    try {
      new PackArchive(archive, name).unpackAsItIs(target);
      if (name.equals(PackFiles.of(target).hash() + ".tar.gz")) {
        return true;
      }
    } catch (TidepoolException e) {
      if (!e.code().startsWith("archive-")) {
        throw e;
      }
    }
    lock.holding(
        () -> {
          if (Files.exists(archive)) {
            AtomicFiles.move(
                archive,
                archive.resolveSibling(name + ".corrupt-" + clock.instant().toEpochMilli()));
          }
          index.remove(pack.cacheKey());
          return true;
        });
    Folders.delete(target);
    return false;
  }

  private static boolean copy(Path content, Path target) throws IOException {
    Path from = content;
    java.util.List<Path> children = Folders.children(content);
    // ComfyDock keeps some archives with the one folder that holds everything in them.
    if (children.size() == 1 && Folders.isReal(children.get(0))) {
      from = children.get(0);
    }
    Files.createDirectories(target);
    for (PackFiles.PackFile each : PackFiles.of(from).files()) {
      Path file = target.resolve(each.name());
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Folders.copyFile(each.file(), file, dev.tidepool.io.Progress.none());
    }
    Folders.syncTree(target);
    return true;
  }

  /** What a process left that was killed while it worked. */
  private void sweep() throws IOException {
    FileTime old = FileTime.from(clock.instant().minus(STALE_WORK));
    for (Path each : Folders.children(store)) {
      if (String.valueOf(each.getFileName()).startsWith(WORK)
          && Files.getLastModifiedTime(each).compareTo(old) < 0) {
        Folders.deleteQuietly(each);
      }
    }
  }
}
