package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All graphs of a workflow, and which nodes are instances of which. */
final class Hosts {
  /** Deeper nesting is not followed. */
  static final int DEEPEST = 32;

  private final Map<String, GraphIndex> graphs = new HashMap<>();
  private final Map<String, List<Host>> instances = new HashMap<>();

  /** A node that is an instance of a subgraph or group node, and the graph that it is in. */
  record Host(GraphIndex graph, JsonValue node) {}

  static Hosts of(List<RawGraph> raw) {
    Hosts hosts = new Hosts();
    for (RawGraph graph : raw) {
      hosts.graphs.put(graph.scope().id(), new GraphIndex(graph));
    }
    for (RawGraph graph : raw) {
      GraphIndex index = hosts.graph(graph.scope()).orElseThrow();
      for (JsonValue node : graph.nodes()) {
        hosts
            .definition(node)
            .ifPresent(
                inner ->
                    hosts
                        .instances
                        .computeIfAbsent(inner.graph().scope().id(), id -> new ArrayList<>())
                        .add(new Host(index, node)));
      }
    }
    return hosts;
  }

  Optional<GraphIndex> graph(Scope scope) {
    return Optional.ofNullable(graphs.get(scope.id()));
  }

  /** The graph that a node is an instance of. */
  Optional<GraphIndex> definition(JsonValue node) {
    String id = Scope.idOf(node.text("type"));
    return id.isEmpty() ? Optional.empty() : Optional.ofNullable(graphs.get(id));
  }

  /** The instances of a graph, in all graphs. */
  List<Host> of(Scope scope) {
    return instances.getOrDefault(scope.id(), List.of());
  }

  /**
   * Whether an output decides what comes through a node's input. The inputs of a subgraph pass on
   * what its instances get: an output decides only if one does on every instance.
   */
  boolean isFed(GraphIndex graph, JsonValue input) {
    return isFed(graph, input, new HashSet<>());
  }

  private boolean isFed(GraphIndex graph, JsonValue input, Set<JsonValue> above) {
    String id = input.text("link");
    if (id.isEmpty()) {
      return false;
    }
    Optional<Link> link = graph.link(id);
    if (link.isEmpty() || !link.get().origin().equals(Link.SUBGRAPH_INPUTS)) {
      return true;
    }
    String name = graph.inputName(link.get().originSlot());
    List<Host> hosts = of(graph.graph().scope());
    if (above.size() > DEEPEST || !above.add(input)) {
      return false;
    }
    return !hosts.isEmpty() && hosts.stream().allMatch(host -> isFed(host, name, above));
  }

  /** Whether an output decides what comes through an instance's input of that name. */
  boolean isFed(Host host, String name) {
    return isFed(host, name, new HashSet<>());
  }

  private boolean isFed(Host host, String name, Set<JsonValue> above) {
    return host.node().list("inputs").stream()
        .filter(input -> input.text("name").equals(name))
        .anyMatch(input -> isFed(host.graph(), input, above));
  }
}
