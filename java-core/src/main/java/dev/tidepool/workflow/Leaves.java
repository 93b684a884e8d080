package dev.tidepool.workflow;

import dev.tidepool.workflow.Hosts.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows what an instance of a subgraph shows down to the widgets of real nodes, through instances
 * within. Hostile files are bounded: beyond so many steps nothing more is followed.
 */
final class Leaves {
  private static final int MOST_STEPS = 2_000_000;

  private final Hosts hosts;
  private final Map<Key, Set<Leaf>> known = new HashMap<>();
  private final Map<GraphIndex, List<Shown>> ownInputs = new HashMap<>();
  private final Map<JsonValue, Map<String, Shown>> proxied = new HashMap<>();
  private int steps;
  private int depth;

  Leaves(Hosts hosts) {
    this.hosts = hosts;
  }

  /** A widget of a node that is no instance. */
  record Leaf(JsonValue node, String name, @Nullable Widget widget) {
    Leaf(JsonValue node, String name) {
      this(node, name, null);
    }
  }

  private record Key(GraphIndex graph, String node, String name) {}

  /** The subgraph's inputs that lead to any widget, in their order. */
  List<Shown> ownInputs(GraphIndex graph) {
    List<Shown> found = ownInputs.get(graph);
    if (found == null) {
      found = new ArrayList<>();
      for (int slot = 0; slot < graph.inputCount(); slot++) {
        if (leadsToWidget(graph, slot)) {
          found.add(new Shown(Shown.OWN_INPUT, graph.inputName(Integer.toString(slot))));
        }
      }
      ownInputs.put(graph, found);
    }
    return found;
  }

  private boolean leadsToWidget(GraphIndex graph, int slot) {
    for (Link link : graph.fromInput(slot)) {
      Optional<JsonValue> input = graph.target(link);
      if (input.isPresent() && !RawGraph.widgetOf(input.get()).isEmpty()) {
        return true;
      }
    }
    return !ofInput(graph, slot).isEmpty();
  }

  /** The widgets behind the input of a node in which a link ends. */
  Set<Leaf> of(GraphIndex graph, Link link) {
    return graph.node(link.target()).map(node -> behind(graph, node, link)).orElse(Set.of());
  }

  /** The widgets behind what an instance of the graph shows. */
  Set<Leaf> of(GraphIndex graph, Shown shown) {
    if (shown.node().equals(Shown.OWN_INPUT)) {
      return graph.inputSlot(shown.name()).map(slot -> ofInput(graph, slot)).orElse(Set.of());
    }
    return once(
        new Key(graph, shown.node(), shown.name()),
        () ->
            graph
                .node(shown.node())
                .map(node -> ofWidget(new Host(graph, node), shown.name()))
                .orElse(Set.of()));
  }

  private Set<Leaf> ofInput(GraphIndex graph, int slot) {
    return once(
        new Key(graph, Shown.OWN_INPUT, Integer.toString(slot)),
        () -> {
          Set<Leaf> leaves = new LinkedHashSet<>();
          for (Link link : graph.fromInput(slot)) {
            leaves.addAll(of(graph, link));
          }
          return leaves;
        });
  }

  private Set<Leaf> behind(GraphIndex graph, JsonValue node, Link link) {
    Optional<JsonValue> input = graph.target(link);
    if (input.isEmpty()) {
      return Set.of();
    }
    if (hosts.definition(node).isPresent()) {
      return ofWidget(new Host(graph, node), input.get().text("name"));
    }
    String widget = RawGraph.widgetOf(input.get());
    return widget.isEmpty() ? Set.of() : Set.of(new Leaf(node, widget));
  }

  /** The widgets behind a widget that a node has or, being an instance, shows. */
  private Set<Leaf> ofWidget(Host host, String name) {
    Optional<GraphIndex> definition = hosts.definition(host.node());
    if (definition.isEmpty()) {
      return Set.of(new Leaf(host.node(), name));
    }
    Optional<Integer> slot = definition.get().inputSlot(name);
    if (slot.isPresent()) {
      return ofInput(definition.get(), slot.get());
    }
    @Nullable Shown shown = proxied(host.node()).get(name);
    return shown == null ? Set.of() : of(definition.get(), shown);
  }

  /** The widgets of inner nodes that an instance shows, by name; of several the first. */
  private Map<String, Shown> proxied(JsonValue node) {
    @Nullable Map<String, Shown> found = proxied.get(node);
    if (found == null) {
      found = new HashMap<>();
      for (Shown shown : Shown.proxied(node)) {
        if (!shown.node().equals(Shown.OWN_INPUT)) {
          found.putIfAbsent(shown.name(), shown);
        }
      }
      proxied.put(node, found);
    }
    return found;
  }

  private Set<Leaf> once(Key key, Supplier<Set<Leaf>> work) {
    Set<Leaf> found = known.get(key);
    if (found != null) {
      return found;
    }
    if (depth >= Hosts.DEEPEST || steps >= MOST_STEPS) {
      return Set.of();
    }
    // Whatever leads back to itself ends here.
    known.put(key, Set.of());
    depth++;
    Set<Leaf> leaves = work.get();
    depth--;
    steps += 1 + leaves.size();
    known.put(key, leaves);
    return leaves;
  }
}
