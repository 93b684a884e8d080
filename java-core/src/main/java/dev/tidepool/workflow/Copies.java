package dev.tidepool.workflow;

import dev.tidepool.workflow.Hosts.Host;
import dev.tidepool.workflow.Leaves.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds every second place of a widget's value. */
final class Copies {
  private static final int MOST = 500_000;

  private final Hosts hosts;
  private final Leaves leaves;
  private final Map<JsonValue, WorkflowNode> nodes = new HashMap<>();
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
      GraphIndex index = hosts.graph(graph.scope()).orElseThrow();
      for (JsonValue node : index.graph().nodes()) {
        Host host = new Host(index, node);
        hosts.definition(node).ifPresent(inner -> copies.instance(host, inner));
      }
    }
    return List.copyOf(copies.copies);
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
        .map(JsonNested::items)
        .orElse(List.of());
  }

  private void add(Host host, JsonValue value, GraphIndex inner, Shown shown) {
    Set<Leaf> found = leaves.of(inner, shown);
    for (Leaf leaf : found) {
      @Nullable WorkflowNode holder = nodes.get(host.node());
      @Nullable WorkflowNode target = nodes.get(leaf.node());
      if (holder != null && target != null && copies.size() < MOST) {
        boolean linked = hosts.isFed(host, shown.name());
        @Nullable Widget widget = widget(target, leaf.name(), value);
        copies.add(new WidgetCopy(holder, value, linked, target, leaf.name(), widget));
      }
    }
  }

  /** Where no names are known, the one widget with the same text is taken for it. */
  private static @Nullable Widget widget(WorkflowNode target, String name, JsonValue value) {
    Optional<Widget> named = target.widget(name);
    if (named.isPresent() || target.widgets().stream().anyMatch(w -> !w.name().isEmpty())) {
      return named.orElse(null);
    }
    List<Widget> same =
        target.widgets().stream()
            .filter(widget -> widget.value().isText() && widget.value().text().equals(value.text()))
            .toList();
    return same.size() == 1 ? same.get(0) : null;
  }
}
