package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the widgets of one node that copies lead to. */
final class Targets {
  private final Map<String, Widget> byName = new HashMap<>();
  private final Map<String, List<Widget>> byText = new HashMap<>();

  Targets(WorkflowNode node) {
    for (Widget widget : node.widgets()) {
      if (!widget.name().isEmpty()) {
        byName.putIfAbsent(widget.name(), widget);
      }
      if (widget.value().isText()) {
        byText.computeIfAbsent(widget.text(), text -> new ArrayList<>()).add(widget);
      }
    }
  }

  /** Where the node's names are not known, the one widget with the same text is taken for it. */
  @Nullable Widget widget(String name, JsonValue copy) {
    if (!byName.isEmpty() || !copy.isText()) {
      return byName.get(name);
    }
    List<Widget> same = byText.getOrDefault(copy.text().orElseThrow(), List.of());
    return same.size() == 1 ? same.get(0) : null;
  }
}
