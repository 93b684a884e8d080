package dev.tidepool.workflow;

import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a workflow declares of its models, in its nodes and as a whole, found by the value. */
final class Declarations {
  private final Loaders loaders;
  private final Map<String, List<DeclaredModel>> byName = new HashMap<>();

  Declarations(Workflow workflow, Loaders loaders) {
    this.loaders = loaders;
    for (WorkflowNode node : workflow.nodes()) {
      node.models().forEach(this::add);
    }
    workflow.json().list("models").forEach(json -> add(DeclaredModel.of(json)));
  }

  private void add(DeclaredModel model) {
    byName.computeIfAbsent(fileName(model.name()), name -> new ArrayList<>()).add(model);
  }

  /** What is declared of a value: by the node that loads it, by its holder, or anywhere. */
  Optional<DeclaredModel> of(
      String value, String folder, WorkflowNode node, Optional<WorkflowNode> holder) {
    return best(node.models(), value, folder)
        .or(() -> holder.flatMap(other -> best(other.models(), value, folder)))
        .or(() -> best(byName.getOrDefault(fileName(value), List.of()), value, folder));
  }

  /** The one for the same folder; else one that names no folder. */
  private Optional<DeclaredModel> best(List<DeclaredModel> models, String value, String folder) {
    List<DeclaredModel> named =
        models.stream().filter(model -> fileName(model.name()).equals(fileName(value))).toList();
    return named.stream()
        .filter(model -> isFor(model, folder))
        .findFirst()
        .or(() -> named.stream().filter(model -> model.directory().isEmpty()).findFirst());
  }

  private boolean isFor(DeclaredModel model, String folder) {
    String directory = model.directory().replace('\\', '/');
    String first =
        directory.contains("/") ? directory.substring(0, directory.indexOf('/')) : directory;
    return first.equals(folder)
        || loaders.folder(first).map(ModelFolder::name).orElse("").equals(folder)
        || loaders.folder(folder).map(known -> known.baseNames().contains(first)).orElse(false);
  }

  private static String fileName(String path) {
    int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    return path.substring(end + 1).toLowerCase(Locale.ROOT);
  }
}
