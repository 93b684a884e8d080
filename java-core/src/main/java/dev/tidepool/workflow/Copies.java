package dev.tidepool.workflow;

import dev.tidepool.workflow.Hosts.Host;
import dev.tidepool.workflow.Leaves.Leaf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds every second place of a widget's value. */
final class Copies {
  private static final int MOST = 500_000;
  private static final String PRIMITIVE = "PrimitiveNode";
  private static final String REROUTE = "Reroute";

  private final Hosts hosts;
  private final Leaves leaves;
  private final Map<JsonValue, WorkflowNode> nodes = new HashMap<>();
  private final Map<JsonValue, Targets> targets = new HashMap<>();
  private final List<WidgetCopy> copies = new ArrayList<>();

  private Copies(Hosts hosts, Leaves leaves) {
    this.hosts = hosts;
    this.leaves = leaves;
  }

  static List<WidgetCopy> of(List<Graph> graphs, Hosts hosts, Leaves leaves) {
    Copies copies = new Copies(hosts, leaves);
    for (Graph graph : graphs) {
      for (WorkflowNode node : graph.nodes()) {
        copies.nodes.put(node.json(), node);
      }
    }
    for (Graph graph : graphs) {
      hosts.graph(graph.scope()).ifPresent(copies::graph);
    }
    return List.copyOf(copies.copies);
  }

  private void graph(GraphIndex graph) {
    for (JsonValue node : graph.graph().nodes()) {
      Optional<GraphIndex> inner = hosts.definition(node);
      if (inner.isPresent() && inner.get().graph().scope().isGroup()) {
        group(node, inner.get());
      } else if (inner.isPresent()) {
        instance(new Host(graph, node), inner.get());
      } else if (node.text("type").equals(PRIMITIVE)) {
        primitive(graph, node);
      }
    }
  }

  private void instance(Host host, GraphIndex inner) {
    List<JsonValue> values = host.node().list("widgets_values");
    List<Shown> shown = Shown.of(host, inner, leaves);
    for (int i = 0; i < values.size() && i < shown.size(); i++) {
      add(host, values.get(i), inner, shown.get(i));
    }
    // What the editor could not move when it gave up proxyWidgets; it still takes the value.
    for (JsonValue entry : quarantine(host.node())) {
      List<JsonValue> original = entry.list("originalEntry");
      Optional<JsonValue> value = entry.field("hostValue");
      if (original.size() >= 2 && value.isPresent()) {
        String node = original.get(0).text().orElse("");
        String name = original.get(1).text().orElse("");
        add(host, value.get(), inner, new Shown(node, name));
      }
    }
  }

  private static List<JsonValue> quarantine(JsonValue node) {
    return node.field("properties")
        .flatMap(properties -> properties.field("proxyWidgetErrorQuarantine"))
        .map(JsonValue::items)
        .orElse(List.of());
  }

  private void add(Host host, JsonValue value, GraphIndex inner, Shown shown) {
    boolean linked = hosts.isFed(host, shown.name());
    for (Leaf leaf : leaves.of(inner, shown)) {
      add(host.node(), value, linked, leaf);
    }
  }

  /** A primitive feeds the widgets that its output leads to, through reroutes. */
  private void primitive(GraphIndex graph, JsonValue node) {
    List<JsonValue> values = node.list("widgets_values");
    if (values.isEmpty()) {
      return;
    }
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(RawGraph.id(node)));
    while (!open.isEmpty()) {
      for (Link link : graph.fromNode(open.pop())) {
        if (graph.isOfType(link.target(), REROUTE)) {
          if (seen.add(link.target())) {
            open.push(link.target());
          }
        } else {
          leaves.of(graph, link).forEach(leaf -> add(node, values.get(0), false, leaf));
        }
      }
    }
  }

  /** A group node keeps the values of all its nodes, one node after the other. */
  private void group(JsonValue node, GraphIndex group) {
    List<JsonValue> values = node.list("widgets_values");
    List<Leaf> inner = new ArrayList<>();
    for (JsonValue each : group.graph().nodes()) {
      @Nullable WorkflowNode read = nodes.get(each);
      for (Widget widget : read == null ? List.<Widget>of() : read.widgets()) {
        inner.add(new Leaf(each, widget.name(), widget));
      }
    }
    // Where some widgets are hidden, nothing tells which.
    for (int i = 0; inner.size() == values.size() && i < values.size(); i++) {
      add(node, values.get(i), false, inner.get(i));
    }
  }

  private void add(JsonValue holder, JsonValue value, boolean linked, Leaf leaf) {
    @Nullable WorkflowNode from = nodes.get(holder);
    @Nullable WorkflowNode to = nodes.get(leaf.node());
    if (from == null || to == null || copies.size() >= MOST) {
      return;
    }
    @Nullable Widget widget = leaf.widget();
    if (widget == null) {
      widget =
          targets.computeIfAbsent(leaf.node(), node -> new Targets(to)).widget(leaf.name(), value);
    }
    copies.add(new WidgetCopy(from, value, linked, to, leaf.name(), widget));
  }
}
