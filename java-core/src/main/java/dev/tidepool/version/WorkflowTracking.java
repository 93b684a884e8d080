package dev.tidepool.version;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.loader.Loaders;
import dev.tidepool.workflow.SavedContent;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowChange;
import dev.tidepool.workflow.WorkflowDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the workflows in ComfyUI with their last committed copies. A file is read again only
 * when its stamp is another one; one that was changed just before it was read last is compared by
 * its content. A file that is no workflow is listed with its problem and stops nothing.
 */
final class WorkflowTracking {
  private final Path live;
  private final Path committed;
  private final Predicate<String> ignored;
  private final Supplier<Loaders> loaders;
  private final Clock clock;

  /**
   * Compares two folders, which need not exist.
   *
   * @param ignored tells by its path below the folder whether a file does not belong to it
   * @param loaders asked for only when a file has to be read
   */
  WorkflowTracking(
      Folders folders, Predicate<String> ignored, Supplier<Loaders> loaders, Clock clock) {
    this.live = folders.live();
    this.committed = folders.committed();
    this.ignored = ignored;
    this.loaders = loaders;
    this.clock = clock;
  }

  /**
   * Where the copies are.
   *
   * @param live ComfyUI's folder of workflows
   * @param committed the folder of copies
   */
  record Folders(Path live, Path committed) {}

  /** All workflows of both folders, by name. */
  List<TrackedWorkflow> look(StatusCache cache) {
    return StorageFailures.translate("look at the workflows", () -> look(cache, names()));
  }

  private List<TrackedWorkflow> look(StatusCache cache, Iterable<String> names) throws IOException {
    Map<String, Examined> examined = new LinkedHashMap<>();
    List<TrackedWorkflow> all = new ArrayList<>();
    for (String name : names) {
      Optional<Stamp> liveStamp = Stamp.of(liveFile(name)).filter(Stamp::regular);
      Optional<Stamp> committedStamp = Stamp.ofEntry(committedFile(name)).filter(Stamp::regular);
      if (liveStamp.isPresent() || committedStamp.isPresent()) {
        Examined now = examined(name, cache.workflow(name), liveStamp, committedStamp);
        examined.put(name, now);
        all.add(now.result());
      }
    }
    cache.workflows(examined);
    return List.copyOf(all);
  }

  /** The names of what may be workflows in both folders, sorted. */
  Iterable<String> names() {
    Set<String> names = new TreeSet<>();
    for (Path folder : List.of(live, committed)) {
      for (String path : WorkflowPaths.below(folder)) {
        if (!ignored.test(path)) {
          names.add(WorkflowName.of(path));
        }
      }
    }
    return names;
  }

  /** ComfyUI's file of a workflow. */
  Path liveFile(String name) {
    return live.resolve(WorkflowName.path(name));
  }

  /** The committed copy of a workflow. */
  Path committedFile(String name) {
    return committed.resolve(WorkflowName.path(name));
  }

  /** Every difference between the two copies of a modified workflow; none where one is invalid. */
  List<WorkflowChange> changes(String name) {
    try {
      Workflow before = Workflow.read(committedFile(name), loaders.get()::widgetNames);
      Workflow after = Workflow.read(liveFile(name), loaders.get()::widgetNames);
      List<WorkflowChange> changes = WorkflowDiff.of(before, after, false);
      return changes.isEmpty() ? WorkflowDiff.of(before, after, true) : changes;
    } catch (TidepoolException e) {
      return List.of();
    }
  }

  /** The stamps were taken before the files are read: a change in between makes others. */
  private Examined examined(
      String name,
      Optional<Examined> before,
      Optional<Stamp> liveStamp,
      Optional<Stamp> committedStamp)
      throws IOException {
    if (before.isPresent()
        && sameStamp(before.get().live(), liveStamp)
        && sameStamp(before.get().committed(), committedStamp)) {
      boolean settled =
          liveStamp.map(stamp -> stamp.isSettledAt(before.get().seen())).orElse(true)
              && committedStamp.map(stamp -> stamp.isSettledAt(before.get().seen())).orElse(true);
      if (settled) {
        return before.get();
      }
    }
    long now = clock.millis();
    byte @Nullable [] liveBytes = bytes(liveFile(name), liveStamp);
    byte @Nullable [] committedBytes = bytes(committedFile(name), committedStamp);
    Examined.Copy liveCopy = Examined.Copy.of(liveStamp, digest(liveBytes));
    Examined.Copy committedCopy = Examined.Copy.of(committedStamp, digest(committedBytes));
    if (before.isPresent()
        && before.get().live().digest().equals(liveCopy.digest())
        && before.get().committed().digest().equals(committedCopy.digest())) {
      return new Examined(liveCopy, committedCopy, now, before.get().result());
    }
    return new Examined(liveCopy, committedCopy, now, compare(name, liveBytes, committedBytes));
  }

  private static boolean sameStamp(Examined.Copy copy, Optional<Stamp> stamp) {
    return copy.stamp().equals(stamp.map(Stamp::text).orElse(""));
  }

  private static byte @Nullable [] bytes(Path file, Optional<Stamp> stamp) throws IOException {
    if (stamp.isEmpty()) {
      return null;
    }
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(Workflow.LARGEST + 1);
    }
  }

  private static String digest(byte @Nullable [] bytes) {
    return bytes == null ? "" : Sha256.of(bytes);
  }

  private TrackedWorkflow compare(
      String name, byte @Nullable [] liveBytes, byte @Nullable [] committedBytes) {
    Reading before = Reading.of(committedBytes, committedFile(name).toString(), loaders);
    if (liveBytes == null) {
      return new TrackedWorkflow(
          name, SyncState.DELETED, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Reading now = Reading.of(liveBytes, liveFile(name).toString(), loaders);
    SyncState state = committedBytes == null ? SyncState.NEW : SyncState.MODIFIED;
    if (Arrays.equals(liveBytes, committedBytes) || same(before, now)) {
      state = SyncState.SYNCED;
    }
    Optional<WorkflowEdits> edits =
        state == SyncState.MODIFIED && before.isReadable() && now.isReadable()
            ? Optional.of(
                EditsOf.of(before.workflow(), before.facts(), now.workflow(), now.facts()))
            : Optional.empty();
    Optional<WorkflowFacts> facts = now.isReadable() ? Optional.of(now.facts()) : Optional.empty();
    return new TrackedWorkflow(name, state, facts, edits, now.problem());
  }

  private static boolean same(Reading before, Reading now) {
    return before.isReadable()
        && now.isReadable()
        && SavedContent.same(before.workflow(), now.workflow());
  }
}
