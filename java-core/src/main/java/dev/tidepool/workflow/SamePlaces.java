package dev.tidepool.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which places of a document keep the value of one and the same widget. Immutable. */
final class SamePlaces {
  private final Map<JsonValue, List<WidgetCopy>> copies = new HashMap<>();
  private final Map<JsonValue, List<JsonValue>> neighbours = new HashMap<>();

  private SamePlaces() {}

  static SamePlaces of(List<Graph> graphs, List<WidgetCopy> copies) {
    SamePlaces places = new SamePlaces();
    for (WidgetCopy copy : copies) {
      if (copy.widget() != null) {
        JsonValue value = copy.widget().value();
        places.copies.computeIfAbsent(value, key -> new ArrayList<>()).add(copy);
        places.join(value, copy.value());
      }
    }
    for (Graph graph : graphs) {
      graph.nodes().forEach(places::named);
    }
    return places;
  }

  // Newer versions of the editor keep the values twice: as a list, and by name.
  private void named(WorkflowNode node) {
    Optional<JsonValue> named = node.json().field("widgets_values_named");
    if (named.isEmpty() || named.get().names().size() != node.widgets().size()) {
      return;
    }
    for (int i = 0; i < node.widgets().size(); i++) {
      join(node.widgets().get(i).value(), named.get().values().get(i));
    }
  }

  private void join(JsonValue one, JsonValue other) {
    neighbours.computeIfAbsent(one, key -> new ArrayList<>()).add(other);
    neighbours.computeIfAbsent(other, key -> new ArrayList<>()).add(one);
  }

  List<WidgetCopy> copies(Widget widget) {
    return List.copyOf(copies.getOrDefault(widget.value(), List.of()));
  }

  /** Adds to edits the same edit of each place of the widget that holds the same text. */
  Map<JsonValue, String> complete(Map<JsonValue, String> values) {
    Map<JsonValue, String> complete = new LinkedHashMap<>(values);
    Deque<JsonValue> open = new ArrayDeque<>(values.keySet());
    while (!open.isEmpty()) {
      JsonValue place = open.pop();
      String text = String.valueOf(complete.get(place));
      for (JsonValue other : neighbours.getOrDefault(place, List.of())) {
        if (other.isText() && other.text().equals(place.text()) && !complete.containsKey(other)) {
          complete.put(other, text);
          open.add(other);
        }
      }
    }
    return complete;
  }
}
