package dev.tidepool.version;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Version;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.LockFile;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.workflow.WidgetNames;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowDiff;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between two versions of an environment, or between one and what lies on disk.
 *
 * @param settings ComfyUI's version, Python's, and what PyTorch is for
 * @param nodePacks by their ids, with their versions
 * @param packages the Python packages that {@code uv.lock} chose, with their versions
 * @param models by their paths below the models folder, with their keys
 */
public record VersionDiff(
    List<Difference> settings,
    List<WorkflowDifference> workflows,
    List<Difference> nodePacks,
    List<Difference> packages,
    List<Difference> models) {
  /** Copies the lists. */
  public VersionDiff {
    settings = List.copyOf(settings);
    workflows = List.copyOf(workflows);
    nodePacks = List.copyOf(nodePacks);
    packages = List.copyOf(packages);
    models = List.copyOf(models);
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return settings.isEmpty()
        && workflows.isEmpty()
        && nodePacks.isEmpty()
        && packages.isEmpty()
        && models.isEmpty();
  }

  /**
   * Compares two versions.
   *
   * @throws TidepoolException {@code toml-invalid}, {@code manifest-invalid}
   */
  public static VersionDiff between(
      History history, Version before, Version after, WidgetNames names) {
    return of(Recorded.of(history.tree(before)), Recorded.of(history.tree(after)), names);
  }

  /** Compares a version with what lies on disk, the workflows as ComfyUI has them. */
  public static VersionDiff onDisk(
      History history, Version before, Environment environment, WidgetNames names) {
    return of(Recorded.of(history.tree(before)), Recorded.onDisk(environment), names);
  }

  private static VersionDiff of(Recorded before, Recorded after, WidgetNames names) {
    Map<String, String> old = before.ids();
    Map<String, String> now = after.ids();
    boolean sameLock = same(Recorded.LOCK, old, now);
    boolean sameManifest = same(Recorded.MANIFEST, old, now);
    Manifest first = Manifest.parse(sameManifest ? "" : before.text(Recorded.MANIFEST));
    Manifest second = Manifest.parse(sameManifest ? "" : after.text(Recorded.MANIFEST));
    return new VersionDiff(
        Difference.between(settings(first), settings(second)),
        workflows(before, after, names),
        Difference.between(packs(first), packs(second)),
        sameLock ? List.of() : Difference.between(locked(before), locked(after)),
        Difference.between(models(first), models(second)));
  }

  private static boolean same(String path, Map<String, String> before, Map<String, String> after) {
    return Optional.ofNullable(before.get(path)).equals(Optional.ofNullable(after.get(path)));
  }

  private static Map<String, String> settings(Manifest manifest) {
    Map<String, String> settings = new TreeMap<>();
    ComfyUiPin pin = manifest.comfyUi();
    put(settings, "ComfyUI", pin.version());
    put(settings, "ComfyUI commit", pin.commit().orElse(""));
    put(settings, "Python", manifest.pythonVersion());
    put(settings, "PyTorch", manifest.torchBackend());
    return settings;
  }

  private static void put(Map<String, String> settings, String name, String value) {
    if (!value.isEmpty()) {
      settings.put(name, value);
    }
  }

  private static Map<String, String> packs(Manifest manifest) {
    Map<String, String> packs = new TreeMap<>();
    for (Map.Entry<String, NodeEntry> pack : manifest.nodes().entrySet()) {
      NodeEntry entry = pack.getValue();
      String version = entry.version().orElse("");
      packs.put(
          pack.getKey(),
          entry.pinnedCommit().map(commit -> version + " " + commit).orElse(version));
    }
    return packs;
  }

  private static Map<String, String> locked(Recorded state) {
    return LockFile.parse(state.text(Recorded.LOCK));
  }

  private static Map<String, String> models(Manifest manifest) {
    Map<String, String> models = new TreeMap<>();
    for (ModelEntry model : manifest.models().values()) {
      String path = model.relativePath();
      models.put(path.isEmpty() ? model.filename() : path, model.hash());
    }
    return models;
  }

  private static List<WorkflowDifference> workflows(
      Recorded before, Recorded after, WidgetNames names) {
    Map<String, String> old = before.ids();
    Map<String, String> now = after.ids();
    Set<String> changed = new TreeSet<>();
    for (Map<String, String> ids : List.of(old, now)) {
      ids.keySet().stream()
          .filter(path -> path.startsWith(Recorded.WORKFLOWS) && path.endsWith(".json"))
          .filter(path -> !same(path, old, now))
          .forEach(changed::add);
    }
    Map<String, byte[]> oldContents = before.contents(both(changed, old, now));
    Map<String, byte[]> newContents = after.contents(both(changed, old, now));
    List<WorkflowDifference> differences = new ArrayList<>();
    for (String path : changed) {
      String name = path.substring(Recorded.WORKFLOWS.length(), path.length() - ".json".length());
      byte[] first = oldContents.get(path);
      byte[] second = newContents.get(path);
      if (first != null && second != null) {
        differences.add(changed(name, first, second, names));
      } else {
        boolean added = now.containsKey(path);
        differences.add(
            new WorkflowDifference(
                name,
                added ? WorkflowDifference.Kind.ADDED : WorkflowDifference.Kind.REMOVED,
                List.of(),
                Optional.empty()));
      }
    }
    return differences;
  }

  private static Collection<String> both(
      Set<String> paths, Map<String, String> before, Map<String, String> after) {
    return paths.stream().filter(before::containsKey).filter(after::containsKey).toList();
  }

  private static WorkflowDifference changed(
      String name, byte[] before, byte[] after, WidgetNames names) {
    try {
      return new WorkflowDifference(
          name,
          WorkflowDifference.Kind.CHANGED,
          WorkflowDiff.of(
              Workflow.parse(before, name, names), Workflow.parse(after, name, names), false),
          Optional.empty());
    } catch (TidepoolException e) {
      return new WorkflowDifference(
          name, WorkflowDifference.Kind.CHANGED, List.of(), Optional.of(e.text()));
    }
  }
}
