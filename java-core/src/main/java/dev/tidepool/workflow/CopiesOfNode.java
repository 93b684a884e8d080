package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The copies of the widgets of one node, by the widgets' names and by their own values. */
final class CopiesOfNode {
  private final List<WidgetCopy> all = new ArrayList<>();
  private final Map<String, List<Integer>> byName = new LinkedHashMap<>();
  private final Map<JsonValue, List<Integer>> byValue = new HashMap<>();

  void add(WidgetCopy copy) {
    int position = all.size();
    all.add(copy);
    byName.computeIfAbsent(copy.name(), name -> new ArrayList<>()).add(position);
    if (copy.widget() != null) {
      byValue.computeIfAbsent(copy.widget().value(), value -> new ArrayList<>()).add(position);
    }
  }

  /** The copies of a widget, in the file's order. */
  List<WidgetCopy> of(String name, Optional<Widget> widget) {
    Set<Integer> positions = new TreeSet<>();
    if (!name.isEmpty()) {
      positions.addAll(byName.getOrDefault(name, List.of()));
    }
    widget.ifPresent(found -> positions.addAll(byValue.getOrDefault(found.value(), List.of())));
    return positions.stream().map(all::get).toList();
  }

  /** The names of the widgets, each once. */
  List<String> names() {
    return List.copyOf(byName.keySet());
  }
}
