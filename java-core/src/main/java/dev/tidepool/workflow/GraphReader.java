package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the nodes of one graph of the editor's format. */
final class GraphReader {
  private final GraphIndex index;
  private final Naming naming;
  private final Hosts hosts;

  private final Leaves leaves;

  private GraphReader(GraphIndex index, Naming naming, Hosts hosts, Leaves leaves) {
    this.index = index;
    this.naming = naming;
    this.hosts = hosts;
    this.leaves = leaves;
  }

  static Graph read(RawGraph raw, Naming naming, Hosts hosts, Leaves leaves) {
    GraphIndex index = hosts.graph(raw.scope()).orElseThrow();
    GraphReader reader = new GraphReader(index, naming, hosts, leaves);
    List<WorkflowNode> nodes = raw.nodes().stream().map(reader::node).toList();
    return new Graph(raw.scope(), nodes, raw.links(), raw.json());
  }

  private WorkflowNode node(JsonValue json) {
    Optional<JsonValue> properties = json.field("properties");
    return new WorkflowNode(
        index.graph().scope(),
        RawGraph.id(json),
        json.text("type"),
        json.text("title"),
        NodeMode.of(json.text("mode")),
        properties.map(GraphReader::origin).orElse(new NodeOrigin("", "", "", "")),
        widgets(json),
        json.list("inputs").stream().map(GraphReader::input).toList(),
        properties
            .map(found -> found.list("models").stream().map(DeclaredModel::of).toList())
            .orElse(List.of()),
        json);
  }

  private static NodeOrigin origin(JsonValue properties) {
    return new NodeOrigin(
        properties.text("Node name for S&R"),
        properties.text("cnr_id"),
        properties.text("aux_id"),
        properties.text("ver"));
  }

  private static NodeInput input(JsonValue input) {
    return new NodeInput(input.text("name"), RawGraph.widgetOf(input), input.text("link"));
  }

  private List<Widget> widgets(JsonValue node) {
    Optional<JsonValue> values = node.field("widgets_values");
    if (values.isEmpty()) {
      return List.of();
    }
    Set<String> linked = linked(node);
    return values.get().isObject() ? named(values.get(), linked) : positional(node, linked);
  }

  private static List<Widget> named(JsonValue values, Set<String> linked) {
    List<Widget> widgets = new ArrayList<>();
    values
        .fields()
        .forEach(
            (name, value) ->
                widgets.add(new Widget(OptionalInt.empty(), name, value, linked.contains(name))));
    return List.copyOf(widgets);
  }

  private List<Widget> positional(JsonValue node, Set<String> linked) {
    List<JsonValue> values = node.list("widgets_values");
    List<String> names =
        hosts.definition(node).map(inner -> shown(node, inner)).orElseGet(() -> naming.names(node));
    List<Widget> widgets = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String name = i < names.size() ? names.get(i) : "";
      widgets.add(new Widget(OptionalInt.of(i), name, values.get(i), linked.contains(name)));
    }
    return List.copyOf(widgets);
  }

  private List<String> shown(JsonValue node, GraphIndex inner) {
    return Shown.of(new Hosts.Host(index, node), inner, leaves).stream().map(Shown::name).toList();
  }

  private Set<String> linked(JsonValue node) {
    Set<String> linked = new HashSet<>();
    for (JsonValue input : node.list("inputs")) {
      String name = RawGraph.widgetOf(input);
      if (!name.isEmpty() && hosts.isFed(index, input)) {
        linked.add(name);
      }
    }
    return linked;
  }
}
