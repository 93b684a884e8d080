package dev.tidepool.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes of a graph before and after are the same node: those with one id and type; then,
 * where ids were given anew, those that alone have their type, title and values; then those with
 * one id, whose type changed.
 */
final class NodePairs {
  private final Matching<WorkflowNode> matching;
  private final Map<String, String> ids = new HashMap<>();

  private NodePairs(Matching<WorkflowNode> matching) {
    this.matching = matching;
    for (Matching.Pair<WorkflowNode> pair : matching.both()) {
      ids.put(pair.before().id(), pair.after().id());
    }
  }

  static NodePairs of(Matching.Pair<Graph> graphs, GraphPairs pairs) {
    List<WorkflowNode> before = graphs.before().nodes();
    Matching<WorkflowNode> matching = new Matching<>(before, graphs.after().nodes());
    // The types of the second workflow stay as they are: no id of a subgraph is that of another.
    matching.match(node -> node.id() + ' ' + pairs.typeAfter(node.type()));
    matching.matchAlone(node -> pairs.typeAfter(node.type()) + ' ' + content(node));
    matching.matchAlone(WorkflowNode::id);
    return new NodePairs(matching);
  }

  private static String content(WorkflowNode node) {
    StringBuilder content = new StringBuilder(node.title());
    for (Widget widget : node.widgets()) {
      if (!widget.linked()) {
        content.append('\n').append(widget.value().text().orElse(""));
      }
    }
    return content.toString();
  }

  List<Matching.Pair<WorkflowNode>> both() {
    return matching.both();
  }

  List<WorkflowNode> removed() {
    return matching.removed();
  }

  List<WorkflowNode> added() {
    return matching.added();
  }

  /** The id of a node before as it is after; its own when the node is gone. */
  String idAfter(String id) {
    return ids.getOrDefault(id, id);
  }
}
