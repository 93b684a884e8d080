package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out the names of widgets whose values stand in a list. In this order: the names in {@code
 * widgets_values_named}; those known from elsewhere, unless the file contradicts them; those among
 * the node's inputs, when they are as many as the values; those of another node of the type and as
 * many values.
 */
final class Naming {
  private static final String CONTROL = "control_after_generate";
  private static final Set<String> CONTROLS =
      Set.of("fixed", "increment", "decrement", "randomize", "increment-wrap");

  private final WidgetNames known;
  private final Map<String, List<String>> learned = new HashMap<>();

  private Naming(WidgetNames known) {
    this.known = known;
  }

  static Naming of(List<RawGraph> graphs, WidgetNames known) {
    Naming naming = new Naming(known);
    for (RawGraph graph : graphs) {
      for (JsonValue node : graph.nodes()) {
        List<String> names = told(node);
        if (!names.isEmpty()) {
          naming.learned.putIfAbsent(key(node), names);
        }
      }
    }
    return naming;
  }

  /** The names by position; fewer than there are values, or empty ones, where they are unknown. */
  List<String> names(JsonValue node) {
    List<String> named = fromNamed(node);
    if (!named.isEmpty()) {
      return named;
    }
    List<String> told = fromInputs(node);
    List<String> elsewhere = known.of(node.text("type"));
    if (!elsewhere.isEmpty() && elsewhere.containsAll(told)) {
      return elsewhere;
    }
    return told.isEmpty() ? learned.getOrDefault(key(node), List.of()) : told;
  }

  private static List<String> told(JsonValue node) {
    List<String> named = fromNamed(node);
    return named.isEmpty() ? fromInputs(node) : named;
  }

  private static List<String> fromNamed(JsonValue node) {
    int count = node.list("widgets_values").size();
    Optional<List<String>> names = node.field("widgets_values_named").map(JsonValue::names);
    return names.filter(found -> found.size() == count).orElse(List.of());
  }

  private static List<String> fromInputs(JsonValue node) {
    List<JsonValue> values = node.list("widgets_values");
    List<String> names = new ArrayList<>();
    for (String name : RawGraph.widgetInputs(node)) {
      names.add(name);
      if (isSeed(name) && names.size() < values.size() && isControl(values.get(names.size()))) {
        names.add(CONTROL);
      }
    }
    return names.size() == values.size() ? List.copyOf(names) : List.of();
  }

  private static boolean isSeed(String name) {
    return name.equals("seed") || name.equals("noise_seed");
  }

  private static boolean isControl(JsonValue value) {
    return value.isText() && CONTROLS.contains(value.text().orElseThrow());
  }

  private static String key(JsonValue node) {
    return node.list("widgets_values").size() + " " + node.text("type");
  }
}
