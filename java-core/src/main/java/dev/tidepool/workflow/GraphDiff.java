package dev.tidepool.workflow;

import dev.tidepool.workflow.WorkflowChange.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares one graph before and after. */
final class GraphDiff {
  private final Graph before;
  private final Graph after;
  private final GraphPairs graphs;
  private final NodePairs nodes;
  private final List<WorkflowChange> changes = new ArrayList<>();
  private final Map<String, WorkflowNode> still = new HashMap<>();

  private GraphDiff(Matching.Pair<Graph> pair, GraphPairs graphs) {
    this.before = pair.before();
    this.after = pair.after();
    this.graphs = graphs;
    this.nodes = NodePairs.of(pair, graphs);
  }

  static List<WorkflowChange> of(Matching.Pair<Graph> pair, GraphPairs graphs, boolean layout) {
    GraphDiff diff = new GraphDiff(pair, graphs);
    diff.changes.addAll(InterfaceDiff.of(pair));
    diff.wholeNodes();
    for (Matching.Pair<WorkflowNode> both : diff.nodes.both()) {
      diff.still.put(both.after().id(), both.after());
      String shown = graphs.shown(both.after().type());
      diff.changes.addAll(NodeDiff.of(both, graphs, shown, layout));
    }
    diff.links();
    if (layout) {
      diff.frames();
    }
    return diff.changes;
  }

  private void wholeNodes() {
    for (WorkflowNode node : nodes.removed()) {
      add(Kind.NODE, node.id(), node.type(), "", JsonValue.ofText(node.title()), null);
    }
    for (WorkflowNode node : nodes.added()) {
      add(Kind.NODE, node.id(), node.type(), "", null, JsonValue.ofText(node.title()));
    }
  }

  /** Links of nodes that are new or gone are not worth a line of their own. */
  private void links() {
    Map<Sources.Input, Sources.Output> old = Sources.of(before, nodes::idAfter);
    Map<Sources.Input, Sources.Output> now = Sources.of(after, id -> id);
    Set<Sources.Input> inputs = new LinkedHashSet<>(old.keySet());
    inputs.addAll(now.keySet());
    for (Sources.Input input : inputs) {
      Sources.@Nullable Output was = old.get(input);
      Sources.@Nullable Output is = now.get(input);
      boolean same = was == null ? is == null : was.equals(is);
      WorkflowNode node = still.get(input.node());
      boolean own = input.node().equals(Link.SUBGRAPH_OUTPUTS);
      if (!same && (node != null || own)) {
        String type = node == null ? "" : node.type();
        String id = node == null ? "" : input.node();
        add(Kind.LINK, id, type, input.name(), text(was), text(is));
      }
    }
  }

  private static @Nullable JsonValue text(Sources.@Nullable Output output) {
    return output == null ? null : JsonValue.ofText(output.toString());
  }

  private void frames() {
    List<JsonValue> old = before.json().list("groups");
    List<JsonValue> now = after.json().list("groups");
    Matching<JsonValue> frames = new Matching<>(old, now);
    frames.match(frame -> frame.text("id") + ' ' + frame.text("title"));
    frames.matchAlone(frame -> frame.text("title"));
    frames.removed().forEach(frame -> frame(frame, frame, null));
    frames.added().forEach(frame -> frame(frame, null, frame));
    for (Matching.Pair<JsonValue> both : frames.both()) {
      if (!JsonSame.test(both.before(), both.after())) {
        frame(both.after(), both.before(), both.after());
      }
    }
  }

  private void frame(JsonValue frame, @Nullable JsonValue was, @Nullable JsonValue is) {
    add(Kind.GROUP, "", "", frame.text("title"), was, is);
  }

  private void add(
      Kind kind,
      String node,
      String type,
      String name,
      @Nullable JsonValue was,
      @Nullable JsonValue is) {
    String shown = graphs.shown(type);
    changes.add(new WorkflowChange(kind, after.scope(), node, shown, name, was, is));
  }
}
