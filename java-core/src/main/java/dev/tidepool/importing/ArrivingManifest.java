package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.importing.ArrivingWorkflow.Use;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeRef;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.manifest.WorkflowModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a bundle's {@code pyproject.toml} say where the models are on this machine. */
final class ArrivingManifest {
  private final Remapping remapping;
  private final Path models;
  private final Map<BundledModel, Path> files;
  private final FileHasher hasher = new FileHasher(1);

  ArrivingManifest(Remapping remapping, Path models, Map<BundledModel, Path> files) {
    this.remapping = remapping;
    this.models = models;
    this.files = files;
  }

  /** The entries of models and workflows, put right. */
  Manifest of(Manifest project, List<ArrivingWorkflow> workflows) throws IOException {
    Map<String, ModelEntry> entries = new LinkedHashMap<>();
    Map<String, ModelEntry> known = project.models();
    files.forEach(
        (model, file) -> {
          @Nullable ModelEntry entry = known.get(model.quick());
          if (entry != null && file.startsWith(models)) {
            entries.put(entry.hash(), at(entry, file));
          }
        });
    Map<String, WorkflowEntry> changed = new LinkedHashMap<>();
    for (ArrivingWorkflow workflow : workflows) {
      @Nullable WorkflowEntry entry = project.workflows().get(workflow.name());
      if (entry != null) {
        changed.put(workflow.name(), workflow(entry, workflow, entries));
      }
    }
    return project.withModels(entries.values()).withWorkflows(changed);
  }

  private ModelEntry at(ModelEntry entry, Path file) {
    return new ModelEntry(
        entry.hash(),
        String.valueOf(file.getFileName()),
        entry.size(),
        slashes(models.relativize(file)),
        entry.category(),
        entry.sources());
  }

  private WorkflowEntry workflow(
      WorkflowEntry entry, ArrivingWorkflow workflow, Map<String, ModelEntry> entries)
      throws IOException {
    Map<String, String> values = new HashMap<>();
    Map<String, Use> substituted = new HashMap<>();
    Map<dev.tidepool.workflow.JsonValue, String> changes = remapping.values(workflow, files);
    for (Use use : workflow.uses()) {
      String key = key(use.reference().node().type(), use.reference().value());
      @Nullable String value = changes.get(use.reference().place());
      if (value != null) {
        values.put(key, value);
      }
      if (use.substitute().isPresent()) {
        substituted.put(key, use);
      }
    }
    List<WorkflowModel> result = new ArrayList<>();
    for (WorkflowModel model : entry.models()) {
      List<NodeRef> nodes = new ArrayList<>();
      Optional<Use> substitute = Optional.empty();
      for (NodeRef node : model.nodes()) {
        String key = key(node.nodeType(), node.widgetValue());
        nodes.add(
            new NodeRef(
                node.nodeId(),
                node.nodeType(),
                node.widgetIndex(),
                values.getOrDefault(key, node.widgetValue())));
        substitute = substitute.or(() -> Optional.ofNullable(substituted.get(key)));
      }
      result.add(
          substitute.isPresent()
              ? substitute(model, nodes, substitute.get(), entries)
              : placed(model, nodes, entries));
    }
    return new WorkflowEntry(entry.path(), entry.nodes(), result, entry.customNodeMap());
  }

  private static WorkflowModel placed(
      WorkflowModel model, List<NodeRef> nodes, Map<String, ModelEntry> entries) {
    Optional<ModelEntry> entry =
        model.hash().flatMap(hash -> Optional.ofNullable(entries.get(hash)));
    return new WorkflowModel(
        entry.map(ModelEntry::filename).orElse(model.filename()),
        model.category(),
        model.criticality(),
        model.status(),
        nodes,
        model.hash(),
        model.sources(),
        model.relativePath());
  }

  private WorkflowModel substitute(
      WorkflowModel model, List<NodeRef> nodes, Use use, Map<String, ModelEntry> entries)
      throws IOException {
    Optional<Path> file = remapping.file(use.reference().slot(), use.substitute().orElseThrow());
    if (file.isEmpty()) {
      return model;
    }
    String hash = hasher.quick(file.get());
    String name = String.valueOf(file.get().getFileName());
    String path =
        file.get().startsWith(models)
            ? slashes(models.relativize(file.get()))
            : model.category() + "/" + name;
    entries.put(
        hash,
        new ModelEntry(hash, name, Files.size(file.get()), path, model.category(), List.of()));
    return new WorkflowModel(
        name,
        model.category(),
        model.criticality(),
        WorkflowModel.RESOLVED,
        nodes,
        Optional.of(hash),
        List.of(),
        Optional.empty());
  }

  private static String key(String type, String value) {
    return type + "\n" + value;
  }

  private static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
