package dev.tidepool.exporting;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.ModelIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the SHA-256 and BLAKE3 of whole model files: out of the index where it has them, else by
 * reading the files, on all processors. What was read is kept in the index, so that no file that it
 * knows is read twice.
 */
final class ModelDigests {
  private final Path database;
  private final Clock clock;
  private final FileHasher hasher;

  /** Uses an index, which need not exist. */
  ModelDigests(Path database, Clock clock, int threads) {
    this.database = database;
    this.clock = clock;
    this.hasher = new FileHasher(threads);
  }

  /** The digests of files, by their paths as they were given. */
  Map<Path, FileDigest> of(Collection<Path> files, Steps steps) throws IOException {
    @Nullable ModelIndex index = ModelIndex.openIfReadable(database, clock).orElse(null);
    try {
      return of(files, index, steps);
    } finally {
      if (index != null) {
        index.close();
      }
    }
  }

  private Map<Path, FileDigest> of(Collection<Path> files, @Nullable ModelIndex index, Steps steps)
      throws IOException {
    Map<Path, IndexedFile> known = index == null ? Map.of() : known(files, index);
    Map<Path, FileDigest> digests = new LinkedHashMap<>();
    Map<Path, @Nullable IndexedFile> unread = new LinkedHashMap<>();
    long bytes = 0;
    for (Path file : files) {
      @Nullable IndexedFile indexed = known.get(file);
      Optional<FileDigest> digest = Optional.ofNullable(indexed).flatMap(ModelDigests::digest);
      if (digest.isPresent()) {
        digests.put(file, digest.get());
      } else {
        unread.put(file, indexed);
        bytes += Files.size(file);
      }
    }
    steps.expect(bytes);
    if (!unread.isEmpty()) {
      steps.begin("Hashing models");
      steps.total(bytes);
    }
    for (Map.Entry<Path, @Nullable IndexedFile> entry : unread.entrySet()) {
      steps.at(String.valueOf(entry.getKey().getFileName()));
      FileDigest digest = hasher.full(entry.getKey(), steps::advance);
      digests.put(entry.getKey(), digest);
      @Nullable IndexedFile indexed = entry.getValue();
      if (index != null
          && indexed != null
          && indexed.size() == digest.size()
          && index.isCurrent(indexed)) {
        keep(index, indexed.key(), digest);
      }
    }
    return digests;
  }

  /** What cannot be kept is read again the next time; the export goes on. */
  private static void keep(ModelIndex index, String key, FileDigest digest) {
    try {
      index.storeDigest(key, digest);
    } catch (TidepoolException e) {
      System.getLogger("dev.tidepool.exporting")
          .log(System.Logger.Level.WARNING, "hash not kept model={0} reason={1}", key, e.code());
    }
  }

  private static Map<Path, IndexedFile> known(Collection<Path> files, ModelIndex index) {
    Map<Path, Path> wanted = new HashMap<>();
    files.forEach(file -> wanted.put(Folders.real(file), file));
    Map<Path, IndexedFile> known = new HashMap<>();
    for (IndexedFile indexed : index.files()) {
      @Nullable Path file = indexed.missing() ? null : wanted.get(Folders.real(indexed.path()));
      if (file != null && !known.containsKey(file) && index.isCurrent(indexed)) {
        known.put(file, indexed);
      }
    }
    return known;
  }

  private static Optional<FileDigest> digest(IndexedFile file) {
    return file.blake3() == null || file.sha256() == null
        ? Optional.empty()
        : Optional.of(new FileDigest(file.size(), file.blake3(), file.sha256()));
  }
}
