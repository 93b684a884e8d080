package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All graphs of a workflow, and which nodes are instances of which. */
final class Hosts {
  /** Deeper nesting is not followed. */
  static final int DEEPEST = 32;

  private final Map<String, GraphIndex> graphs = new HashMap<>();
  private final Map<String, List<Host>> instances = new HashMap<>();
  private final Map<JsonValue, Map<String, JsonValue>> inputs = new HashMap<>();
  private final Map<JsonValue, Boolean> fed = new HashMap<>();
  private int depth;

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
    String id = input.text("link");
    if (id.isEmpty()) {
      return false;
    }
    Optional<Link> link = graph.link(id);
    if (link.isEmpty() || !link.get().origin().equals(Link.SUBGRAPH_INPUTS)) {
      return true;
    }
    String name = graph.inputName(link.get().originSlot());
    Boolean known = fed.get(input);
    if (known != null || depth >= DEEPEST) {
      return Boolean.TRUE.equals(known);
    }
    // Whatever comes back to itself is not fed.
    fed.put(input, false);
    depth++;
    List<Host> hosts = of(graph.graph().scope());
    boolean everywhere = !hosts.isEmpty() && hosts.stream().allMatch(host -> isFed(host, name));
    depth--;
    fed.put(input, everywhere);
    return everywhere;
  }

  /** Whether an output decides what comes through an instance's input of that name. */
  boolean isFed(Host host, String name) {
    Map<String, JsonValue> byName = inputs.computeIfAbsent(host.node(), RawGraph::inputsByName);
    @Nullable JsonValue input = byName.get(name);
    return input != null && isFed(host.graph(), input);
  }
}
