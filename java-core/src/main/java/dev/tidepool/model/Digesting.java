package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads models whole, to know the hashes by which other tools and web sites name them. */
final class Digesting {
  private static final String NOT_AS_INDEXED = "it has changed since it was indexed";

  private final FileHasher hasher;
  private final Progress progress;
  private final Rows rows;

  Digesting(int threads, Progress progress, Rows rows) {
    this.hasher = new FileHasher(threads);
    this.progress = progress;
    this.rows = rows;
  }

  /** What the index says now, and takes. */
  interface Rows {
    /** The row of a file; null when there is none any more. */
    @Nullable KnownFile of(IndexedFile file);

    /**
     * Keeps the hashes at once, so that nothing is read twice after an interruption.
     *
     * @return false, and nothing is kept, when the file's row is not that one any more
     */
    boolean store(IndexedFile file, KnownFile row, FileDigest digest);
  }

  /**
   * Reads one file of each model that lacks a hash: the first that can be read.
   *
   * @return the first file of each model of which none could be read
   */
  List<IndexReport.Unreadable> run(List<IndexedFile> files) {
    Map<String, List<IndexedFile>> wanted = wanted(files);
    progress.total(wanted.values().stream().mapToLong(copies -> copies.get(0).size()).sum());
    List<IndexReport.Unreadable> unreadable = new ArrayList<>();
    for (List<IndexedFile> copies : wanted.values()) {
      String reason = reason(copies.get(0));
      for (int i = 1; i < copies.size() && !reason.isEmpty(); i++) {
        reason = reason(copies.get(i)).isEmpty() ? "" : reason;
      }
      if (!reason.isEmpty()) {
        unreadable.add(new IndexReport.Unreadable(copies.get(0).path(), reason));
      }
    }
    return unreadable;
  }

  /** Why the hashes of a file were not stored; empty when they were. */
  private String reason(IndexedFile file) {
    try {
      KnownFile row = rows.of(file);
      if (row == null || !row.key().equals(file.key()) || !row.own() || !row.stamped()) {
        return "it has to be indexed first";
      }
      if (!isStill(file, row)) {
        return NOT_AS_INDEXED;
      }
      FileDigest digest = hasher.full(file.path(), progress::advance);
      if (!isStill(file, row) || digest.size() != file.size()) {
        return "it changes just now";
      }
      if (file.blake3() != null && !file.blake3().equals(digest.blake3())) {
        return "its content is another one";
      }
      return rows.store(file, row, digest) ? "" : NOT_AS_INDEXED;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new TidepoolException(
            e, ErrorKind.STOPPED, "stopped", "Stopped before every model was read.");
      }
      return Reasons.of(e);
    }
  }

  private static boolean isStill(IndexedFile file, KnownFile row) throws IOException {
    return Stamp.of(Files.readAttributes(file.path(), BasicFileAttributes.class))
        .equals(row.stamp());
  }

  private static Map<String, List<IndexedFile>> wanted(List<IndexedFile> files) {
    Map<String, List<IndexedFile>> wanted = new LinkedHashMap<>();
    for (IndexedFile file : files) {
      if (!file.missing() && !file.folder() && (file.sha256() == null || file.blake3() == null)) {
        wanted.computeIfAbsent(file.key(), unused -> new ArrayList<>()).add(file);
      }
    }
    return wanted;
  }
}
