package dev.tidepool.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for a widget of a node, the values that decide when the workflow runs.
 *
 * <p>In a subgraph's definition that is not one: every instance that shows the widget has a value
 * of its own, and so has every instance around that. The way goes from the node outwards to the
 * workflow itself, through each instance, and the last value met on a way decides on it. A
 * definition that no instance leads to decides nothing.
 */
final class DecidingPlaces {
  /** More than any real workflow has by far; a hostile one could have billions of ways. */
  private static final int MOST_STEPS = 2_000_000;

  private static final String REROUTE = "Reroute";

  private final Map<String, List<WorkflowNode>> instances = new HashMap<>();
  private final Map<JsonValue, CopiesOfNode> copies = new HashMap<>();
  private final Map<String, Set<String>> linked = new HashMap<>();
  private final Set<String> reroutes = new HashSet<>();
  private final Set<String> definitions = new HashSet<>();
  private int steps;

  DecidingPlaces(Workflow workflow) {
    for (Graph graph : workflow.graphs()) {
      if (!graph.scope().isRoot()) {
        definitions.add(graph.scope().id());
      }
      for (WorkflowNode node : graph.nodes()) {
        instances.computeIfAbsent(Scope.idOf(node.type()), id -> new ArrayList<>()).add(node);
        if (node.type().equals(REROUTE)) {
          reroutes.add(key(node.scope(), node.id()));
        }
      }
      for (Link link : graph.links()) {
        linked
            .computeIfAbsent(key(graph.scope(), link.origin()), id -> new HashSet<>())
            .add(link.target());
      }
    }
    for (WidgetCopy copy : workflow.copies()) {
      copies.computeIfAbsent(copy.target().json(), node -> new CopiesOfNode()).add(copy);
    }
  }

  /**
   * A value that decides.
   *
   * @param holder the node that keeps it, if that is not the widget's own
   * @param mode the strongest of the modes of the node and the instances around it, on the way
   *     where that is weakest
   */
  record Place(JsonValue value, Optional<WorkflowNode> holder, NodeMode mode) {}

  /** Whether a node is an instance of a graph of this workflow. */
  boolean isInstance(WorkflowNode node) {
    return definitions.contains(Scope.idOf(node.type()));
  }

  /** The copies of a widget by its name, or where names are not known by the widget itself. */
  List<WidgetCopy> copies(WorkflowNode node, String name, Optional<Widget> widget) {
    @Nullable CopiesOfNode ofNode = copies.get(node.json());
    if (ofNode == null || steps >= MOST_STEPS) {
      return List.of();
    }
    List<WidgetCopy> found = ofNode.of(name, widget);
    steps += found.size();
    return found;
  }

  /** The names by which copies know the widgets of a node. */
  List<String> copiedNames(WorkflowNode node) {
    @Nullable CopiesOfNode ofNode = copies.get(node.json());
    return ofNode == null ? List.of() : ofNode.names();
  }

  /**
   * The values that decide, in the file's order; none when always other nodes' outputs do, or
   * nothing runs it.
   */
  List<Place> of(WorkflowNode node, String name, Optional<Widget> widget) {
    Holders holders = Holders.of(copies(node, name, widget));
    Map<JsonValue, Place> found = new LinkedHashMap<>();
    Deque<Step> open = new ArrayDeque<>();
    Set<Step> seen = new HashSet<>();
    Optional<Kept> own =
        widget
            .filter(value -> !value.linked())
            .map(value -> new Kept(value.value(), Optional.empty()));
    open.add(new Step(node.scope(), fed(node, holders).or(() -> own), node.mode()));
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (step.scope().isRoot() || steps >= MOST_STEPS) {
        step.kept().ifPresent(kept -> merge(found, kept, step.mode()));
        continue;
      }
      for (WorkflowNode instance : instances.getOrDefault(step.scope().id(), List.of())) {
        steps++;
        Step next =
            new Step(
                instance.scope(),
                shown(instance, holders, step.kept()),
                stronger(step.mode(), instance.mode()));
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return found.values().stream()
        .sorted((a, b) -> Integer.compare(a.value().start(), b.value().start()))
        .toList();
  }

  /** What an instance makes of the value: its own takes the place of what is kept within. */
  private Optional<Kept> shown(WorkflowNode instance, Holders holders, Optional<Kept> within) {
    Optional<Kept> fed = fed(instance, holders);
    if (fed.isPresent()) {
      return fed;
    }
    @Nullable WidgetCopy copy = holders.instances().get(instance.json());
    if (copy == null) {
      return within;
    }
    return copy.linked()
        ? Optional.empty()
        : Optional.of(new Kept(copy.value(), Optional.of(instance)));
  }

  /** The value of the primitive that is linked to a node. */
  private Optional<Kept> fed(WorkflowNode node, Holders holders) {
    return holders.primitives().stream()
        .filter(copy -> feeds(copy, node))
        .findFirst()
        .map(copy -> new Kept(copy.value(), Optional.of(copy.holder())));
  }

  /** Whether the holder's output leads to a node, directly or through reroutes. */
  private boolean feeds(WidgetCopy copy, WorkflowNode node) {
    WorkflowNode holder = copy.holder();
    if (!holder.scope().equals(node.scope())) {
      return false;
    }
    Deque<String> open = new ArrayDeque<>(List.of(holder.id()));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty() && steps++ < MOST_STEPS) {
      for (String target : linked.getOrDefault(key(node.scope(), open.remove()), Set.of())) {
        if (target.equals(node.id())) {
          return true;
        }
        if (reroutes.contains(key(node.scope(), target)) && seen.add(target)) {
          open.add(target);
        }
      }
    }
    return false;
  }

  private static void merge(Map<JsonValue, Place> found, Kept kept, NodeMode mode) {
    Place before = found.get(kept.value());
    NodeMode weaker =
        before == null || stronger(before.mode(), mode) == before.mode() ? mode : before.mode();
    found.put(kept.value(), new Place(kept.value(), kept.holder(), weaker));
  }

  private static NodeMode stronger(NodeMode one, NodeMode other) {
    if (one == NodeMode.MUTED || other == NodeMode.MUTED) {
      return NodeMode.MUTED;
    }
    return one == NodeMode.ACTIVE ? other : one;
  }

  private static String key(Scope scope, String node) {
    return scope.id() + "\n" + node;
  }

  private record Kept(JsonValue value, Optional<WorkflowNode> holder) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Kept kept && kept.value.equals(value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(value);
    }
  }

  /**
   * The copies of one widget.
   *
   * @param instances by the node that keeps them; of several the last, as the editor does
   */
  private record Holders(Map<JsonValue, WidgetCopy> instances, List<WidgetCopy> primitives) {
    static Holders of(List<WidgetCopy> copies) {
      Map<JsonValue, WidgetCopy> instances = new HashMap<>();
      List<WidgetCopy> primitives = new ArrayList<>();
      for (WidgetCopy copy : copies) {
        if (copy.holder().isVirtual()) {
          primitives.add(copy);
        } else {
          instances.put(copy.holder().json(), copy);
        }
      }
      return new Holders(instances, primitives);
    }
  }

  private record Step(Scope scope, Optional<Kept> kept, NodeMode mode) {}
}
