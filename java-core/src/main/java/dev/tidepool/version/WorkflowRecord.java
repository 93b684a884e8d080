package dev.tidepool.version;

import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeRef;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.manifest.WorkflowModel;
import dev.tidepool.resolution.Resolution;
import dev.tidepool.workflow.ModelReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what the manifest says of one workflow, as ComfyDock does: a model that several nodes
 * load is one entry; one whose file is not known is an unresolved entry. What a user said of a
 * model earlier stays: how much the workflow needs it, and where it can be downloaded.
 */
final class WorkflowRecord {
  private static final Set<String> FLEXIBLE =
      Set.of(
          "checkpoints",
          "vae",
          "text_encoders",
          "loras",
          "style_models",
          "embeddings",
          "upscale_models");

  private final String name;
  private final Optional<WorkflowEntry> before;

  /**
   * For one workflow.
   *
   * @param before what the manifest says of it now
   */
  WorkflowRecord(String name, Optional<WorkflowEntry> before) {
    this.name = name;
    this.before = before;
  }

  /**
   * The new entry.
   *
   * @param entries the file of each settled model, where it is known
   */
  WorkflowEntry entry(
      WorkflowFacts facts,
      List<Resolution> resolutions,
      Function<Resolution, Optional<ModelEntry>> entries,
      PackIds packs) {
    Map<String, Object> chosen = new LinkedHashMap<>();
    Set<String> ids = new TreeSet<>();
    for (NeededPack needed : facts.packs()) {
      @Nullable Object choice =
          before.map(WorkflowEntry::customNodeMap).orElse(Map.of()).get(needed.type());
      if (choice != null) {
        chosen.put(needed.type(), choice);
      }
      if (choice instanceof String id) {
        ids.add(id);
      } else if (choice == null) {
        packs.known(needed).ifPresent(ids::add);
      }
    }
    return new WorkflowEntry(
        "workflows/" + WorkflowName.path(name),
        List.copyOf(ids),
        models(resolutions, entries),
        chosen);
  }

  private List<WorkflowModel> models(
      List<Resolution> resolutions, Function<Resolution, Optional<ModelEntry>> entries) {
    Map<String, ModelEntry> files = new LinkedHashMap<>();
    Map<String, List<NodeRef>> nodes = new LinkedHashMap<>();
    List<WorkflowModel> open = new ArrayList<>();
    for (Resolution resolution : resolutions) {
      Optional<ModelEntry> file =
          resolution.isSettled() ? entries.apply(resolution) : Optional.empty();
      if (file.isPresent()) {
        files.putIfAbsent(file.get().hash(), file.get());
        nodes.computeIfAbsent(file.get().hash(), hash -> new ArrayList<>()).add(node(resolution));
      } else {
        open.add(unresolved(resolution));
      }
    }
    List<WorkflowModel> models = new ArrayList<>();
    files.forEach((hash, file) -> models.add(resolved(file, nodes.getOrDefault(hash, List.of()))));
    models.addAll(open);
    return models;
  }

  private WorkflowModel resolved(ModelEntry file, List<NodeRef> nodes) {
    String criticality =
        known(model -> model.hash().equals(Optional.of(file.hash())))
            .map(WorkflowModel::criticality)
            .orElseGet(() -> criticality(file.category()));
    return new WorkflowModel(
        file.filename(),
        file.category(),
        criticality,
        WorkflowModel.RESOLVED,
        nodes,
        Optional.of(file.hash()),
        List.of(),
        Optional.empty());
  }

  private WorkflowModel unresolved(Resolution resolution) {
    ModelReference reference = resolution.reference();
    Optional<WorkflowModel> known =
        known(model -> !model.isResolved() && model.filename().equals(resolution.value()));
    return new WorkflowModel(
        resolution.value(),
        reference.slot().folder(),
        known.map(WorkflowModel::criticality).orElseGet(() -> criticality(reference.folder())),
        WorkflowModel.UNRESOLVED,
        List.of(node(resolution)),
        Optional.empty(),
        known.map(WorkflowModel::sources).orElse(List.of()),
        known.flatMap(WorkflowModel::relativePath));
  }

  private Optional<WorkflowModel> known(java.util.function.Predicate<WorkflowModel> which) {
    return before.map(WorkflowEntry::models).orElse(List.of()).stream().filter(which).findFirst();
  }

  private static NodeRef node(Resolution resolution) {
    ModelReference reference = resolution.reference();
    String scope = reference.node().scope().id();
    String id = scope.isEmpty() ? reference.node().id() : scope + ":" + reference.node().id();
    int index =
        reference
            .node()
            .widget(reference.slot().input())
            .map(widget -> widget.index().orElse(0))
            .orElse(reference.slot().widget().orElse(0));
    return new NodeRef(id, reference.node().type(), index, resolution.value());
  }

  private static String criticality(String category) {
    return FLEXIBLE.contains(category) ? "flexible" : "required";
  }
}
