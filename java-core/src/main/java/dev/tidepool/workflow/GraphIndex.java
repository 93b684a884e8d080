package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a graph's nodes and links by their ids; of several with one id the first counts. */
final class GraphIndex {
  private final RawGraph graph;
  private final Map<String, JsonValue> nodes = new HashMap<>();
  private final Map<String, Link> links = new HashMap<>();
  private final Map<String, List<Link>> fromInputs = new HashMap<>();
  private final Map<String, List<Link>> fromNodes = new HashMap<>();
  private final Map<String, Integer> inputs = new HashMap<>();

  GraphIndex(RawGraph graph) {
    this.graph = graph;
    for (JsonValue node : graph.nodes()) {
      nodes.putIfAbsent(RawGraph.id(node), node);
    }
    for (Link link : graph.links()) {
      links.putIfAbsent(link.id(), link);
      if (link.origin().equals(Link.SUBGRAPH_INPUTS)) {
        fromInputs.computeIfAbsent(link.originSlot(), slot -> new ArrayList<>()).add(link);
      } else {
        fromNodes.computeIfAbsent(link.origin(), id -> new ArrayList<>()).add(link);
      }
    }
    List<JsonValue> slots = graph.json().list("inputs");
    for (int i = 0; i < slots.size(); i++) {
      inputs.putIfAbsent(slots.get(i).text("name"), i);
    }
  }

  RawGraph graph() {
    return graph;
  }

  Optional<JsonValue> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  boolean isOfType(String id, String type) {
    return node(id).filter(node -> node.text("type").equals(type)).isPresent();
  }

  Optional<Link> link(String id) {
    return Optional.ofNullable(links.get(id));
  }

  /** The links that begin at the subgraph's input of that position. */
  List<Link> fromInput(int slot) {
    return fromInputs.getOrDefault(Integer.toString(slot), List.of());
  }

  /** The links that begin at a node. */
  List<Link> fromNode(String id) {
    return fromNodes.getOrDefault(id, List.of());
  }

  /** How many inputs the subgraph has. */
  int inputCount() {
    return graph.json().list("inputs").size();
  }

  /** The name of the subgraph's input of that position; empty when there is none. */
  String inputName(String slot) {
    return slot(graph.json().list("inputs"), slot).map(input -> input.text("name")).orElse("");
  }

  /** The position of the subgraph's input of that name. */
  Optional<Integer> inputSlot(String name) {
    return Optional.ofNullable(inputs.get(name));
  }

  /** The entry of a node's inputs in which a link ends. */
  Optional<JsonValue> target(Link link) {
    return node(link.target()).flatMap(node -> slot(node.list("inputs"), link.targetSlot()));
  }

  static Optional<JsonValue> slot(List<JsonValue> inputs, String slot) {
    try {
      int position = Integer.parseInt(slot);
      return position >= 0 && position < inputs.size()
          ? Optional.of(inputs.get(position))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
