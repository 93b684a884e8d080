package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads models whole, to know the hashes by which other tools and web sites name them. */
final class Digesting {
  private final FileHasher hasher;
  private final Progress progress;

  Digesting(int threads, Progress progress) {
    this.hasher = new FileHasher(threads);
    this.progress = progress;
  }

  /**
   * Reads one file of each model that lacks a hash.
   *
   * @param store gets each result at once, so that nothing is read twice after an interruption
   * @return what could not be read
   */
  List<IndexReport.Unreadable> run(List<IndexedFile> files, BiConsumer<String, FileDigest> store) {
    List<IndexedFile> wanted = wanted(files);
    progress.total(wanted.stream().mapToLong(IndexedFile::size).sum());
    List<IndexReport.Unreadable> unreadable = new ArrayList<>();
    for (IndexedFile file : wanted) {
      try {
        FileDigest digest = hasher.full(file.path(), progress::advance);
        boolean same = file.blake3() == null || file.blake3().equals(digest.blake3());
        if (same && digest.size() == file.size()) {
          store.accept(file.key(), digest);
        } else {
          unreadable.add(new IndexReport.Unreadable(file.path(), "it changes just now"));
        }
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new TidepoolException(
              e, ErrorKind.STOPPED, "stopped", "Stopped before every model was read.");
        }
        unreadable.add(new IndexReport.Unreadable(file.path(), Reasons.of(e)));
      }
    }
    return unreadable;
  }

  private static List<IndexedFile> wanted(List<IndexedFile> files) {
    Map<String, IndexedFile> first = new LinkedHashMap<>();
    for (IndexedFile file : files) {
      if (!file.missing() && !file.folder() && (file.sha256() == null || file.blake3() == null)) {
        first.putIfAbsent(file.key(), file);
      }
    }
    return List.copyOf(first.values());
  }
}
