package dev.tidepool.node;

import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.node.RemovedPack.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes packs out of an environment, all together or none. */
final class Removing {
  private final Environment environment;
  private final NodeTools tools;

  Removing(Environment environment, NodeTools tools) {
    this.environment = environment;
    this.tools = tools;
  }

  List<RemovedPack> remove(List<String> ids, Steps steps) {
    Manifest before = Manifest.read(environment.pyproject());
    Manifest after = before;
    for (String id : ids) {
      after = after.withoutNode(id);
    }
    Manifest rest = withoutOrphans(before, after);
    Optional<byte[]> lock = new Resolution(environment, tools).of(before, rest, steps);
    steps.begin("Changing " + environment.name());
    return Change.of(
        environment, "node remove", change -> apply(change, before, rest, lock, ids, steps));
  }

  private List<RemovedPack> apply(
      Change change,
      Manifest before,
      Manifest after,
      Optional<byte[]> lock,
      List<String> ids,
      Steps steps)
      throws IOException {
    Placing.requireSame(environment, before);
    Leaving leaving =
        new Leaving(new CustomNodes(environment.customNodes()), tools.packs().cache());
    List<RemovedPack> removed = new ArrayList<>();
    for (String id : ids) {
      NodeEntry entry = java.util.Objects.requireNonNull(before.nodes().get(id));
      List<Clearing> clearings = leaving.of(entry);
      for (Clearing clearing : clearings) {
        clearing.apply(change);
      }
      removed.add(new RemovedPack(id, entry, fate(clearings)));
    }
    Map<Path, byte[]> files = new LinkedHashMap<>();
    files.put(environment.pyproject(), after.text().getBytes(StandardCharsets.UTF_8));
    lock.ifPresent(bytes -> files.put(environment.lock(), bytes));
    change.write(files);
    if (lock.isPresent()) {
      steps.begin("Removing Python packages");
      change.python(() -> tools.python().sync(environment, steps));
    }
    return removed;
  }

  private static Fate fate(List<Clearing> clearings) {
    if (clearings.isEmpty()) {
      return Fate.MISSING;
    }
    Clearing last = clearings.get(clearings.size() - 1);
    if (last instanceof Clearing.Renamed) {
      return Fate.DISABLED;
    }
    return last instanceof Clearing.Gone ? Fate.DELETED : Fate.TRASHED;
  }

  /** Sources of packages that came with the removed packs and no other. */
  private static Manifest withoutOrphans(Manifest before, Manifest after) {
    Set<String> orphans = new LinkedHashSet<>();
    before.nodes().values().forEach(entry -> orphans.addAll(entry.dependencySources()));
    after.nodes().values().forEach(entry -> orphans.removeAll(entry.dependencySources()));
    Manifest rest = after;
    for (String orphan : orphans) {
      rest = rest.sources().contains(orphan) ? rest.withoutSource(orphan) : rest;
    }
    return rest;
  }
}
