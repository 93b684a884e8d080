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

  private static final String PRIMITIVE = "PrimitiveNode";

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
   * what its instances get: an output decides only if one does on every instance. A muted node
   * gives nothing, and a bypassed one what comes through its first input of the output's type; the
   * editor then takes the widget's own value.
   */
  boolean isFed(GraphIndex graph, JsonValue input) {
    String id = input.text("link");
    if (id.isEmpty()) {
      return false;
    }
    Optional<Link> link = graph.link(id);
    if (link.isEmpty()) {
      return true;
    }
    Boolean known = fed.get(input);
    if (known != null || depth >= DEEPEST) {
      return Boolean.TRUE.equals(known);
    }
    // Whatever comes back to itself is not fed.
    fed.put(input, false);
    depth++;
    boolean decides =
        link.get().origin().equals(Link.SUBGRAPH_INPUTS)
            ? everyInstanceFeeds(graph, graph.inputName(link.get().originSlot()))
            : feeds(graph, link.get());
    depth--;
    fed.put(input, decides);
    return decides;
  }

  private boolean everyInstanceFeeds(GraphIndex graph, String name) {
    List<Host> hosts = of(graph.graph().scope());
    return !hosts.isEmpty() && hosts.stream().allMatch(host -> isFed(host, name));
  }

  private boolean feeds(GraphIndex graph, Link link) {
    Optional<JsonValue> origin = graph.node(link.origin());
    if (origin.isEmpty() || origin.get().text("type").equals(PRIMITIVE)) {
      return true;
    }
    return switch (NodeMode.of(origin.get().text("mode"))) {
      case ACTIVE -> true;
      case MUTED -> false;
      case BYPASSED -> passedOn(origin.get(), link).map(input -> isFed(graph, input)).orElse(false);
    };
  }

  /** The input that a bypassed node passes on: of the output's type, the same position first. */
  private static Optional<JsonValue> passedOn(JsonValue node, Link link) {
    String type =
        GraphIndex.slot(node.list("outputs"), link.originSlot())
            .map(output -> output.text("type"))
            .orElse("");
    List<JsonValue> inputs = node.list("inputs");
    return GraphIndex.slot(inputs, link.originSlot())
        .filter(input -> input.text("type").equals(type))
        .or(() -> inputs.stream().filter(input -> input.text("type").equals(type)).findFirst());
  }

  /** Whether an output decides what comes through an instance's input of that name. */
  boolean isFed(Host host, String name) {
    Map<String, JsonValue> byName = inputs.computeIfAbsent(host.node(), RawGraph::inputsByName);
    @Nullable JsonValue input = byName.get(name);
    return input != null && isFed(host.graph(), input);
  }
}
