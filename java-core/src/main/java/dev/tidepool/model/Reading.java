package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.model.Changes.Unread;
import dev.tidepool.model.Identity.Digest;
import dev.tidepool.model.Identity.Verdict;
import dev.tidepool.model.IndexReport.Unreadable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files that have to be read, and commits what they are, many in one transaction. What
 * has been read is committed too when the user stops the work.
 */
final class Reading {
  private static final int POLL_MILLIS = 50;
  private static final long LONGEST_WAIT_NANOS = 500_000_000;

  private final Database database;
  private final Locations locations;
  private final Models models;
  private final Identity identity;
  private final Clock clock;
  private final Progress progress;
  private final int threads;
  private final int batch;
  private final List<Unreadable> unreadable;
  private final Set<String> keys = new HashSet<>();
  private final List<FoundFile> files = new ArrayList<>();
  private final Map<FoundFile, List<Unread>> sharing = new HashMap<>();

  private long bytes;
  private int collisions;

  Reading(
      Database database,
      Clock clock,
      Progress progress,
      int threads,
      int batch,
      List<Unreadable> unreadable) {
    this.database = database;
    this.locations = new Locations(database);
    this.models = new Models(database);
    this.identity = new Identity(models, locations, threads, progress);
    this.clock = clock;
    this.progress = progress;
    this.threads = threads;
    this.batch = batch;
    this.unreadable = unreadable;
  }

  /** The keys of the files that were not at their place before. */
  Set<String> keys() {
    return keys;
  }

  /** How many bytes were read to make quick keys. */
  long bytes() {
    return bytes;
  }

  int collisions() {
    return collisions;
  }

  /** Takes up what is to be read, and says how much that is; nothing is written yet. */
  void plan(List<Unread> unread) {
    files.addAll(distinct(unread));
    long total = 0;
    for (FoundFile file : files) {
      total += file.quickBytes();
    }
    if (total > 0) {
      progress.total(total);
    }
  }

  /** Reads what was planned. */
  void run() throws SQLException {
    if (files.isEmpty()) {
      return;
    }
    List<Hashed> ready = new ArrayList<>();
    try (HashWork work = new HashWork(files, Math.min(threads, files.size()))) {
      collect(work, files.size(), ready);
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        commit(ready, true);
      }
      throw e;
    }
  }

  private void collect(HashWork work, int count, List<Hashed> ready) throws SQLException {
    long last = System.nanoTime();
    int left = count;
    while (left > 0) {
      @Nullable Hashed hashed = poll(work);
      long read = work.takeBytes();
      bytes += read;
      if (hashed != null) {
        ready.add(hashed);
        left--;
      }
      progress.advance(read);
      if (ready.size() >= batch || System.nanoTime() - last > LONGEST_WAIT_NANOS || left == 0) {
        commit(ready, false);
        last = System.nanoTime();
      }
    }
  }

  private static @Nullable Hashed poll(HashWork work) {
    try {
      return work.poll(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private static TidepoolException stopped() {
    return new TidepoolException(
        ErrorKind.STOPPED, "stopped", "Stopped before every model was read.");
  }

  /** Two paths to one file are read once. */
  private List<FoundFile> distinct(List<Unread> unread) {
    Map<Object, FoundFile> first = new HashMap<>();
    List<FoundFile> distinct = new ArrayList<>();
    for (Unread one : unread) {
      FoundFile file = one.file();
      Object same = file.identity() == null ? file.place() : file.identity();
      FoundFile reader = first.putIfAbsent(same, file);
      if (reader == null) {
        reader = file;
        distinct.add(file);
      }
      sharing.computeIfAbsent(reader, unused -> new ArrayList<>()).add(one);
    }
    return distinct;
  }

  /**
   * Commits what was read. Whatever has a quick key that is known already is compared first,
   * outside of any transaction, since that may take minutes; a user who stops does not wait for
   * that.
   */
  private void commit(List<Hashed> ready, boolean stopping) throws SQLException {
    List<Hashed> readable = new ArrayList<>();
    for (Hashed hashed : ready) {
      if (hashed.problem() != null) {
        refuse(hashed, hashed.problem());
      } else {
        readable.add(hashed);
      }
    }
    ready.clear();
    List<Hashed> known = database.write(() -> putFresh(readable));
    if (stopping) {
      return;
    }
    for (Hashed hashed : known) {
      boolean put = false;
      while (!put) {
        put = putCompared(hashed);
      }
    }
  }

  private List<Hashed> putFresh(List<Hashed> readable) throws SQLException {
    List<Hashed> known = new ArrayList<>();
    for (Hashed hashed : readable) {
      if (!put(hashed, Identity.fresh(hashed.quick()))) {
        known.add(hashed);
      }
    }
    return known;
  }

  /** False when another process has added such a model meanwhile. */
  private boolean putCompared(Hashed hashed) throws SQLException {
    Verdict verdict;
    try {
      verdict = identity.decide(hashed.file(), hashed.quick());
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw stopped();
      }
      refuse(hashed, Reasons.of(e));
      return true;
    }
    boolean put = database.write(() -> put(hashed, verdict));
    if (put && verdict.collision()) {
      collisions++;
    }
    return put;
  }

  private boolean put(Hashed hashed, Verdict verdict) throws SQLException {
    if (!identity.considered(hashed.quick()).equals(verdict.considered())) {
      return false;
    }
    long now = clock.instant().getEpochSecond();
    String key = verdict.key();
    models.put(key, hashed.file().stamp().size(), hashed.metadata(), now);
    for (Digest digest : verdict.digests()) {
      models.putDigests(digest.key(), digest.blake3(), digest.sha256());
    }
    if (verdict.assumed()) {
      locations.distrustOthers(key, hashed.file());
    }
    for (Unread one : sharing.getOrDefault(hashed.file(), List.of())) {
      place(one, key, now);
    }
    return true;
  }

  private void place(Unread one, String key, long now) throws SQLException {
    @Nullable KnownFile before = one.before();
    if (before == null) {
      keys.add(key);
    } else if (!before.root().equals(one.file().root())) {
      locations.delete(before.id());
    }
    locations.put(one.file(), key, now);
    if (before != null && !before.own() && !before.key().equals(key)) {
      adopt(before, one.file(), key);
    }
  }

  /**
   * Takes over the sources of another scheme's key, and drops it with its last file. Never its
   * hashes: several contents may have had that key, and nobody knows whose they are.
   */
  private void adopt(KnownFile before, FoundFile file, String key) throws SQLException {
    if (!before.isAbout(file)) {
      return;
    }
    models.adoptSources(before.key(), key);
    if (!locations.has(before.key())) {
      models.delete(before.key());
    }
  }

  private void refuse(Hashed hashed, String reason) {
    for (Unread one : sharing.getOrDefault(hashed.file(), List.of())) {
      unreadable.add(new Unreadable(one.file().path(), reason));
    }
  }
}
