package dev.tidepool.workflow;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Where everything that comes into the nodes of a graph comes from, by names instead of places. */
final class Sources {
  private final Graph graph;
  private final Map<String, WorkflowNode> nodes = new HashMap<>();

  private Sources(Graph graph) {
    this.graph = graph;
    graph.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
  }

  /** The input of a node. */
  record Input(String node, String name) {}

  /** The output of a node. */
  record Output(String node, String name) {
    @Override
    public String toString() {
      return node.equals(Link.SUBGRAPH_INPUTS) ? "input." + name : node + "." + name;
    }
  }

  /**
   * The outputs by the inputs that they lead to.
   *
   * @param ids changes the ids of nodes
   */
  static Map<Input, Output> of(Graph graph, UnaryOperator<String> ids) {
    Sources sources = new Sources(graph);
    Map<Input, Output> found = new LinkedHashMap<>();
    for (Link link : graph.links()) {
      Input input =
          new Input(
              ids.apply(link.target()),
              sources.slot(link.target(), "inputs", "outputs", link.targetSlot()));
      Output output =
          new Output(
              ids.apply(link.origin()),
              sources.slot(link.origin(), "outputs", "inputs", link.originSlot()));
      found.put(input, output);
    }
    return found;
  }

  /** A graph's own inputs are the outputs of the node that stands for them, and the reverse. */
  private String slot(String id, String ofNode, String ofGraph, String slot) {
    WorkflowNode node = nodes.get(id);
    boolean own = id.equals(Link.SUBGRAPH_INPUTS) || id.equals(Link.SUBGRAPH_OUTPUTS);
    List<JsonValue> slots =
        node != null ? node.json().list(ofNode) : own ? graph.json().list(ofGraph) : List.of();
    return GraphIndex.slot(slots, slot)
        .map(found -> found.text("name"))
        .filter(name -> !name.isEmpty())
        .orElse(slot);
  }
}
