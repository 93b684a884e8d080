package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.model.Changes.Settled;
import dev.tidepool.model.Changes.Unread;
import dev.tidepool.model.IndexReport.Unreadable;
import dev.tidepool.model.ScanPlan.Scan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One indexing: walks through the roots, settles what is known, reads the rest, and says what is
 * gone. Everything is committed in short transactions, so that whatever ends it, the next one goes
 * on from there.
 */
final class Indexing {
  private final Database database;
  private final Locations locations;
  private final Roots roots;
  private final Clock clock;
  private final Progress progress;
  private final int threads;
  private final int batch;
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final Set<Path> unavailable = new TreeSet<>();
  private @Nullable String token;

  Indexing(Database database, Clock clock, Progress progress, int threads, int batch) {
    this.database = database;
    this.locations = new Locations(database);
    this.roots = new Roots(database);
    this.clock = clock;
    this.progress = progress;
    this.threads = threads;
    this.batch = batch;
  }

  IndexReport run(List<ModelRoot> asked) throws SQLException {
    List<IndexedRoot> before = roots.all();
    ScanPlan plan = ScanPlan.of(asked, before);
    Map<String, KnownFile> known = locations.byPlace();
    List<Scan> scans = available(plan, before, known);
    List<Scan> fresh = scans.stream().filter(scan -> scan.isWhole() && !scan.complete()).toList();
    if (!fresh.isEmpty()) {
      // Whoever stops the walk leaves a folder that is known not to be complete.
      begin(fresh, List.of());
    }
    List<FoundFile> found = walk(scans, plan.roots());
    Changes changes = Changes.between(found, known);
    Gone gone = gone(scans, changes.gone().values(), found);
    boolean changed =
        !changes.settled().isEmpty() || !changes.unread().isEmpty() || !gone.isEmpty();
    Reading reading = new Reading(database, clock, progress, threads, batch, unreadable);
    reading.plan(changes.unread());
    if (changed) {
      begin(scans, changes.settled());
    }
    reading.run();
    Ended ended = changed ? finish(scans, gone, reading.keys()) : finishNew(scans);
    Tally tally = new Tally(changes, ended.moved());
    return report(scans, found.size(), tally, reading, ended.marked());
  }

  private IndexReport report(List<Scan> scans, int files, Tally tally, Reading reading, int gone) {
    unreadable.sort((a, b) -> a.path().compareTo(b.path()));
    return new IndexReport(
        scans.stream().map(Scan::start).toList(),
        files,
        tally.added,
        tally.changed,
        tally.moved,
        gone,
        reading.bytes(),
        reading.collisions(),
        unreadable,
        List.copyOf(unavailable));
  }

  /** Counts for the report. */
  private static final class Tally {
    private int added;
    private int changed;
    private int moved;

    /** Takes also how many files moved to another disk, where they had to be read. */
    Tally(Changes changes, int carried) {
      for (Settled settled : changes.settled()) {
        if (settled.before() == null) {
          added++;
        } else if (settled.isMove()) {
          moved++;
        }
      }
      for (Unread unread : changes.unread()) {
        if (unread.before() == null) {
          added++;
        } else {
          changed++;
        }
      }
      added -= Math.min(added, carried);
      moved += carried;
    }
  }

  /** The scans whose folder is there, and not empty where it had files. */
  private List<Scan> available(
      ScanPlan plan, List<IndexedRoot> before, Map<String, KnownFile> known) {
    List<Scan> available = new ArrayList<>();
    for (Scan scan : plan.scans()) {
      boolean had = hasFiles(scan.start(), known);
      if (!Files.isDirectory(scan.start())) {
        if (!had && before.stream().noneMatch(root -> root.path().equals(scan.start()))) {
          throw new TidepoolException(
              ErrorKind.NOT_FOUND,
              "models-folder-not-found",
              "There is no folder " + scan.start() + ".",
              "Name a folder with models, such as ComfyUI/models.");
        }
        unavailable.add(scan.start());
      } else if (had && isEmpty(scan.start())) {
        unavailable.add(scan.start());
      } else {
        available.add(scan);
      }
    }
    return available;
  }

  private static boolean hasFiles(Path start, Map<String, KnownFile> known) {
    String below = FoundFile.place(start.toString(), "");
    for (KnownFile row : known.values()) {
      if (!row.missing() && row.place().startsWith(below)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEmpty(Path folder) {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      return !paths.iterator().hasNext();
    } catch (IOException e) {
      // The walk will say what is wrong with it.
      return false;
    }
  }

  private List<FoundFile> walk(List<Scan> scans, Set<Path> all) {
    List<FoundFile> found = new ArrayList<>();
    for (Scan scan : scans) {
      Walk.Findings findings = Walk.of(scan.root(), scan.start(), all, progress);
      found.addAll(findings.files());
      unreadable.addAll(findings.unreadable());
    }
    return found;
  }

  /** The rows in the looked-through folders where nothing was found, though all could be read. */
  private Gone gone(List<Scan> scans, Collection<KnownFile> rest, List<FoundFile> found) {
    Set<String> closed = new HashSet<>();
    unreadable.forEach(one -> closed.add(Gone.place(one.path())));
    unavailable.forEach(path -> closed.add(Gone.place(path)));
    // Of a link to nothing that never led to a model there is nothing to tell.
    unreadable.removeIf(one -> !Walk.mayBeModel(one) && !Gone.concerns(one, rest));
    return Gone.among(rest, scans, closed, found);
  }

  private void begin(List<Scan> scans, List<Settled> settled) throws SQLException {
    long now = clock.instant().getEpochSecond();
    database.write(
        () -> {
          for (Scan scan : scans) {
            if (scan.isWhole()) {
              roots.begin(scan.root(), scan.type(), now, token());
            } else {
              roots.beginPart(scan.root(), scan.type(), now, token());
            }
          }
          for (Settled one : settled) {
            if (one.before() != null) {
              locations.delete(one.before().id());
            }
            locations.put(one.file(), one.key(), now);
          }
          return null;
        });
  }

  /** Names this run, which needs a name only when it writes: random numbers take long to begin. */
  private String token() {
    if (token == null) {
      token = UUID.randomUUID().toString();
    }
    return token;
  }

  /** How many rows gave way to another one of the same content, and how many were marked. */
  private record Ended(int moved, int marked) {}

  /**
   * Marks what is gone, and says that the roots are complete. A row whose model was found in a new
   * place was moved there, to another disk, and needs no mark; nor does one whose file is a part of
   * another model now, or came back meanwhile.
   */
  private Ended finish(List<Scan> scans, Gone gone, Set<String> found) throws SQLException {
    long now = clock.instant().getEpochSecond();
    Set<String> fresh = new HashSet<>(found);
    return database.write(
        () -> {
          int moved = gone.absorbed().size();
          int marked = 0;
          for (KnownFile row : gone.absorbed()) {
            locations.delete(row.id());
          }
          for (KnownFile row : gone.lost()) {
            if (Gone.stands(row)) {
              continue;
            }
            if (!row.exists() && fresh.remove(row.key())) {
              locations.delete(row.id());
              moved++;
            } else {
              locations.markMissing(row.id(), now);
              marked++;
            }
          }
          for (Scan scan : scans) {
            if (scan.isWhole() || scan.complete()) {
              roots.finish(scan.root(), now, token());
            }
          }
          return new Ended(moved, marked);
        });
  }

  /** Says so of roots that nobody had said it of; nothing is written when there are none. */
  private Ended finishNew(List<Scan> scans) throws SQLException {
    boolean fresh = scans.stream().anyMatch(scan -> scan.isWhole() && !scan.complete());
    Gone none = new Gone(List.of(), List.of());
    return fresh ? finish(scans, none, Set.of()) : new Ended(0, 0);
  }
}
