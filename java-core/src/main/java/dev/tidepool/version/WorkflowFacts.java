package dev.tidepool.version;

import dev.tidepool.loader.Loaders;
import dev.tidepool.workflow.ModelReference;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.NodeMode;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a workflow needs.
 *
 * @param nodes how many nodes it has, those inside of subgraphs included
 * @param unknownModels how many values look like models where nobody knows what is loaded
 */
public record WorkflowFacts(
    int nodes, List<NeededModel> models, List<NeededPack> packs, int unknownModels) {
  private static final String COMFYUI = "comfy-core";

  /** Copies the lists. */
  public WorkflowFacts {
    models = List.copyOf(models);
    packs = List.copyOf(packs);
  }

  /** Collects them from a workflow that was read with the loaders' names of widgets. */
  static WorkflowFacts of(Workflow workflow, Loaders loaders) {
    ModelReferences references = ModelReferences.of(workflow, loaders);
    Set<NeededModel> models = new LinkedHashSet<>();
    for (ModelReference reference : references.all()) {
      models.add(
          new NeededModel(
              reference.node().type(),
              reference.slot().input(),
              reference.value(),
              reference.folder(),
              reference.mode() == NodeMode.ACTIVE));
    }
    return new WorkflowFacts(
        workflow.nodes().size(),
        List.copyOf(models),
        packs(workflow, loaders),
        references.unknown().size());
  }

  private static List<NeededPack> packs(Workflow workflow, Loaders loaders) {
    Set<String> graphs = new LinkedHashSet<>();
    workflow.graphs().forEach(graph -> graphs.add(graph.scope().id()));
    Set<NeededPack> packs = new LinkedHashSet<>();
    for (WorkflowNode node : workflow.nodes()) {
      boolean own =
          (loaders.knows(node.type()) && !loaders.isOfPack(node.type()))
              || node.isVirtual()
              || graphs.contains(node.type())
              || node.type().startsWith("workflow")
              || node.origin().registryId().equals(COMFYUI);
      if (!own) {
        packs.add(
            new NeededPack(node.type(), node.origin().registryId(), node.origin().repository()));
      }
    }
    return List.copyOf(packs);
  }
}
