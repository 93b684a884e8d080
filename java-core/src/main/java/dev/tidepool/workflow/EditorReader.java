package dev.tidepool.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the editor's format: a graph with nodes and links, more graphs below {@code
 * definitions.subgraphs} to any depth, and those of group nodes below {@code extra.groupNodes}.
 */
final class EditorReader {
  private final Invalid invalid;
  private final List<RawGraph> raw = new ArrayList<>();

  private EditorReader(Invalid invalid) {
    this.invalid = invalid;
  }

  static Workflow.Reading read(JsonValue json, WidgetNames names, Invalid invalid) {
    EditorReader reader = new EditorReader(invalid);
    reader.collect(json);
    Naming naming = Naming.of(reader.raw, names);
    Hosts hosts = Hosts.of(reader.raw);
    Leaves leaves = new Leaves(hosts);
    List<Graph> graphs = new ArrayList<>();
    for (RawGraph graph : reader.raw) {
      graphs.add(GraphReader.read(graph, naming, hosts, leaves));
    }
    return new Workflow.Reading(List.copyOf(graphs), Copies.of(graphs, hosts, leaves));
  }

  private void collect(JsonValue json) {
    Set<String> ids = new HashSet<>();
    Deque<JsonValue> holders = new ArrayDeque<>(List.of(json));
    add(Scope.ROOT, json);
    while (!holders.isEmpty()) {
      List<JsonValue> definitions =
          holders
              .pop()
              .field("definitions")
              .map(found -> found.list("subgraphs"))
              .orElse(List.of());
      for (JsonValue definition : definitions) {
        if (!definition.isObject()) {
          throw invalid.at(definition, "a subgraph is no object");
        }
        String id = definition.text("id");
        if (!id.isEmpty() && ids.add(id)) {
          add(new Scope(id, definition.text("name")), definition);
        }
        holders.push(definition);
      }
    }
    json.field("extra").flatMap(extra -> extra.field("groupNodes")).ifPresent(this::groups);
  }

  private void groups(JsonValue groups) {
    Map<String, JsonValue> last = new HashMap<>();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < groups.values().size(); i++) {
      String name = groups.names().get(i);
      if (last.put(name, groups.values().get(i)) == null) {
        order.add(name);
      }
    }
    for (String name : order) {
      Optional<JsonValue> group = Optional.ofNullable(last.get(name)).filter(JsonValue::isObject);
      group.ifPresent(found -> add(new Scope(Scope.GROUP + name, name), found));
    }
  }

  private void add(Scope scope, JsonValue json) {
    List<JsonValue> nodes = nodes(json);
    for (JsonValue node : nodes) {
      if (!node.isObject()) {
        throw invalid.at(node, "a node is no object");
      }
      if (!node.field("type").map(JsonValue::isText).orElse(false)) {
        throw invalid.at(node, "a node has no type");
      }
    }
    raw.add(new RawGraph(scope, json, nodes, RawGraph.links(json)));
  }

  private List<JsonValue> nodes(JsonValue json) {
    Optional<JsonValue> nodes = json.field("nodes");
    if (nodes.isPresent() && !nodes.get().isList()) {
      throw invalid.at(nodes.get(), "its nodes are no list");
    }
    return json.list("nodes");
  }
}
