package dev.tidepool.workflow;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares two workflows by what they do: which nodes, widgets and links there are. The order and
 * the spelling of the files do not count; layout does only if asked for.
 */
public final class WorkflowDiff {
  private WorkflowDiff() {}

  /**
   * The differences, graph by graph, in the files' order.
   *
   * @param layout whether places, sizes, colours, order, frames and ids count
   * @throws TidepoolException {@code workflow-formats-differ} when one is in the editor's format
   *     and one in the API's
   */
  public static List<WorkflowChange> of(Workflow before, Workflow after, boolean layout) {
    if (before.format() != after.format()) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "workflow-formats-differ",
          "One of "
              + before.name()
              + " and "
              + after.name()
              + " is in the editor's format, the other in the API's.",
          "Open the first in ComfyUI and choose \"Export (API)\" to compare them as API workflows.");
    }
    GraphPairs pairs = GraphPairs.of(before, after);
    List<WorkflowChange> changes = new ArrayList<>();
    for (Matching.Pair<Graph> pair : pairs.both()) {
      changes.addAll(GraphDiff.of(pair, pairs, layout));
    }
    for (Graph graph : pairs.removed()) {
      changes.add(whole(graph, true));
    }
    for (Graph graph : pairs.added()) {
      changes.add(whole(graph, false));
    }
    return List.copyOf(changes);
  }

  private static WorkflowChange whole(Graph graph, boolean removed) {
    JsonValue name = JsonValue.ofText(graph.scope().name());
    return new WorkflowChange(
        WorkflowChange.Kind.SUBGRAPH,
        graph.scope(),
        "",
        "",
        "",
        removed ? name : null,
        removed ? null : name);
  }
}
