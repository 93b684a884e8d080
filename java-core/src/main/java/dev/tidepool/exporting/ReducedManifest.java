package dev.tidepool.exporting;

import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.version.PlannedWorkflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What {@code pyproject.toml} says in a bundle: that of the environment with the workflows as they
 * are now, without the node packs, workflows and models that stay behind. Layout and comments stay.
 */
final class ReducedManifest {
  private ReducedManifest() {}

  /**
   * The manifest for a bundle.
   *
   * @param packs the keys of the packs that go with it
   * @param sources the addresses of a model
   */
  static Manifest of(
      Manifest whole,
      Set<String> packs,
      Collection<PlannedWorkflow> workflows,
      Function<ModelEntry, List<String>> sources) {
    Manifest reduced = withoutPacks(whole, packs);
    Map<String, WorkflowEntry> entries = new LinkedHashMap<>();
    List<ModelEntry> models = new ArrayList<>();
    Set<String> used = new LinkedHashSet<>();
    for (PlannedWorkflow workflow : workflows) {
      entries.put(workflow.name(), workflow.entry());
      for (ModelEntry model : workflow.models()) {
        used.add(model.hash());
        models.add(
            new ModelEntry(
                model.hash(),
                model.filename(),
                model.size(),
                model.relativePath(),
                model.category(),
                sources.apply(model)));
      }
    }
    for (String name : whole.workflows().keySet()) {
      reduced = entries.containsKey(name) ? reduced : reduced.withoutWorkflow(name);
    }
    return reduced.withWorkflows(entries).withModels(models).withoutModelsBut(used);
  }

  private static Manifest withoutPacks(Manifest whole, Set<String> packs) {
    Set<String> kept = new LinkedHashSet<>();
    Set<String> gone = new LinkedHashSet<>();
    Manifest reduced = whole;
    for (Map.Entry<String, NodeEntry> pack : whole.nodes().entrySet()) {
      if (packs.contains(pack.getKey())) {
        kept.addAll(pack.getValue().dependencySources());
      } else {
        gone.addAll(pack.getValue().dependencySources());
        reduced = reduced.withoutNode(pack.getKey());
      }
    }
    gone.removeAll(kept);
    gone.retainAll(whole.sources());
    for (String source : gone) {
      reduced = reduced.withoutSource(source);
    }
    return reduced;
  }
}
