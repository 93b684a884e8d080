package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was deleted and can be had again: whole environments, and what changes took away from those
 * that are there. Nothing goes from it by itself. Thread-safe.
 */
public final class Trash {
  private final Workspace workspace;
  private final Environments environments;
  private final StoreLocks locks;
  private final Clock clock;

  /**
   * The trash of a workspace and of its environments.
   *
   * @param locks those of this process
   */
  public Trash(Workspace workspace, Environments environments, StoreLocks locks, Clock clock) {
    this.workspace = workspace;
    this.environments = environments;
    this.locks = locks;
    this.clock = clock;
  }

  /**
   * Everything that is there, the newest first.
   *
   * @param environment only what was or belongs to the one with this name
   */
  public List<Trashed> all(Optional<String> environment) {
    return read(environment, new TrashReading(true));
  }

  private List<Trashed> read(Optional<String> environment, TrashReading reading) {
    return StorageFailures.translate(
        "look into the trash",
        () -> {
          List<Trashed> found = new ArrayList<>(reading.deleted(workspace));
          for (Environment each : environments.list()) {
            found.addAll(reading.changes(each));
          }
          found.removeIf(one -> environment.filter(name -> !is(name, one)).isPresent());
          found.sort(Comparator.comparing(Trashed::time).reversed().thenComparing(Trashed::id));
          return found;
        });
  }

  private static boolean is(String name, Trashed one) {
    return Texts.nfc(one.environment()).equals(Texts.nfc(name));
  }

  /**
   * The one with this id, or the environment that was deleted last under this name; how large it is
   * is not told.
   *
   * @throws TidepoolException {@code trash-not-found}
   */
  public Trashed named(String id) {
    List<Trashed> all = read(Optional.empty(), new TrashReading(false));
    return all.stream()
        .filter(one -> Texts.nfc(one.id()).equals(Texts.nfc(id)))
        .findFirst()
        .or(() -> all.stream().filter(one -> one.isWhole() && is(id, one)).findFirst())
        .orElseThrow(
            () ->
                new TidepoolException(
                    ErrorKind.NOT_FOUND,
                    "trash-not-found",
                    "There is no " + Texts.quoted(id) + " in the trash.",
                    "tidepool trash list shows what is there."));
  }

  /**
   * Brings something back to where it was, whole or not at all.
   *
   * @param only of what a change took away, the files and packs to bring back, relative to the
   *     environment's folder; all when empty
   * @param replace whether what lies in the places now goes to the trash
   * @return what came back; absolute
   * @throws TidepoolException {@code trash-not-found} when one of the paths is not in it, {@code
   *     trash-place-taken}, {@code environment-exists}
   */
  public List<Path> restore(Trashed trashed, List<Path> only, boolean replace) {
    if (!trashed.isWhole()) {
      return changed(trashed, chosen(trashed, only), replace);
    }
    if (!only.isEmpty()) {
      throw missing(trashed, only.get(0));
    }
    return StorageFailures.translate(
        "restore the environment " + trashed.environment(), () -> List.of(environment(trashed)));
  }

  private Path environment(Trashed trashed) throws IOException {
    String name = environments.requireFree(trashed.environment());
    Path target = workspace.environment(name);
    if (Folders.isThere(target)) {
      throw taken(target, "tidepool delete " + name + " moves it away.");
    }
    return new Environment(name, trashed.folder(), locks, clock)
        .changeLock()
        .holding(
            () -> {
              Files.createDirectories(workspace.environments());
              AtomicFiles.move(trashed.folder(), target);
              return target;
            });
  }

  private static List<Path> chosen(Trashed trashed, List<Path> only) {
    for (Path path : only) {
      if (!trashed.paths().contains(path)) {
        throw missing(trashed, path);
      }
    }
    return only.isEmpty() ? trashed.paths() : only;
  }

  private List<Path> changed(Trashed trashed, List<Path> paths, boolean replace) {
    Environment environment = environments.named(Optional.of(trashed.environment()));
    List<Path> targets = paths.stream().map(environment.folder()::resolve).toList();
    for (Path target : targets) {
      if (!replace && Folders.isThere(target)) {
        throw taken(target, "With --replace it goes to the trash in turn.");
      }
    }
    Change.of(
        environment,
        "trash restore",
        change -> {
          change.trash(targets.stream().filter(Folders::isThere).toList());
          Map<Path, Path> moves = new LinkedHashMap<>();
          paths.forEach(
              path ->
                  moves.put(trashed.folder().resolve(path), environment.folder().resolve(path)));
          change.rename(moves);
          return targets;
        });
    StorageFailures.translate(
        "tidy up " + trashed.folder(),
        () -> {
          prune(trashed.folder());
          return targets;
        });
    return targets;
  }

  /** Takes away the folders in which nothing lies any more. */
  private static boolean prune(Path folder) throws IOException {
    boolean empty = true;
    for (Path child : Folders.children(folder)) {
      empty &= Folders.isReal(child) && prune(child);
    }
    if (empty) {
      Folders.deleteEmpty(folder);
    }
    return empty;
  }

  /** What has been there for at least this long; see {@link #all}. */
  public List<Trashed> lasting(Optional<String> environment, Duration age) {
    Instant limit = clock.instant().minus(age);
    return all(environment).stream().filter(one -> !one.time().isAfter(limit)).toList();
  }

  /**
   * Deletes for good what {@link #lasting} tells.
   *
   * @return what is gone now
   */
  public List<Trashed> empty(Optional<String> environment, Duration age, Progress progress) {
    StorageFailures.translate(
        "empty the trash",
        () -> {
          finish();
          return environment;
        });
    List<Trashed> gone = lasting(environment, age);
    progress.total(gone.size());
    for (Trashed one : gone) {
      StorageFailures.translate(
          "delete " + one.folder(),
          () -> {
            delete(one);
            return one;
          });
      progress.advance(1);
    }
    return gone;
  }

  private void delete(Trashed one) throws IOException {
    // A change that is interrupted may have to bring things back from there first.
    Environment owner =
        one.isWhole()
            ? new Environment(one.environment(), one.folder(), locks, clock)
            : environments.named(Optional.of(one.environment()));
    owner
        .changeLock()
        .holding(
            () -> {
              FinalDeletion.of(one.folder());
              return one;
            });
  }

  /** Ends what was decided before, whatever is emptied now. */
  private void finish() throws IOException {
    FinalDeletion.finish(workspace.trash());
    for (Environment each : environments.list()) {
      FinalDeletion.finish(each.trash());
    }
  }

  private static TidepoolException missing(Trashed trashed, Path path) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "trash-not-found",
        "There is no " + Texts.quoted(path.toString()) + " in " + trashed.id() + ".",
        "tidepool trash list shows what is there.");
  }

  private static TidepoolException taken(Path target, String hint) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "trash-place-taken",
        "There is something else in " + target + " now.",
        hint);
  }
}
