package dev.tidepool.model;

import dev.tidepool.hash.FileDigest;
import dev.tidepool.io.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of whole models: makes them, keeps them, and holds files against them. What was read
 * counts only as long as the file's row is the one that it had before.
 */
final class WholeHashes {
  private final Guard guard;
  private final Database database;
  private final Locations locations;
  private final int threads;

  WholeHashes(Guard guard, Database database, int threads) {
    this.guard = guard;
    this.database = database;
    this.locations = new Locations(database);
    this.threads = threads;
  }

  /** Reads every model whole that was not yet; answers with what could not be read. */
  List<IndexReport.Unreadable> digest(List<IndexedFile> files, Progress progress) {
    Digesting.Rows rows =
        new Digesting.Rows() {
          @Override
          public @Nullable KnownFile of(IndexedFile file) {
            return row(file);
          }

          @Override
          public boolean store(IndexedFile file, KnownFile row, FileDigest digest) {
            return WholeHashes.this.store(file, row, digest);
          }
        };
    return new Digesting(threads, progress, rows).run(files);
  }

  void store(String key, FileDigest digest) {
    guard.run(
        "store a hash",
        () ->
            database.write(
                () -> {
                  new Models(database).putDigests(key, digest.blake3(), digest.sha256());
                  return true;
                }));
  }

  /** Reads the files again; one that differs is read by the next indexing. */
  List<Verification> verify(List<IndexedFile> files, Progress progress) {
    Map<IndexedFile, KnownFile> rows = new HashMap<>();
    for (IndexedFile file : files) {
      KnownFile row = row(file);
      if (row != null && row.own() && row.key().equals(file.key())) {
        rows.put(file, row);
      }
    }
    List<Verification> results =
        new Verifying(threads, progress).run(files.stream().filter(rows::containsKey).toList());
    guard.run(
        "note what differs",
        () ->
            database.write(
                () -> {
                  for (Verification result : results) {
                    KnownFile row = rows.get(result.file());
                    if (result.differs()
                        && row != null
                        && row.equals(locations.of(result.file()))) {
                      locations.distrust(row.id());
                    }
                  }
                  return true;
                }));
    return results;
  }

  private @Nullable KnownFile row(IndexedFile file) {
    return guard.<@Nullable KnownFile>run("look up " + file.key(), () -> locations.of(file));
  }

  private boolean store(IndexedFile file, KnownFile expected, FileDigest digest) {
    return guard.run(
        "store a hash",
        () ->
            database.write(
                () -> {
                  boolean same = expected.equals(locations.of(file));
                  if (same) {
                    new Models(database)
                        .putDigests(expected.key(), digest.blake3(), digest.sha256());
                  }
                  return same;
                }));
  }
}
