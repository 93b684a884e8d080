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
  private final List<Widget> widgets;

  Targets(WorkflowNode node) {
    widgets = node.widgets();
    for (Widget widget : node.widgets()) {
      if (!widget.name().isEmpty()) {
        byName.putIfAbsent(widget.name(), widget);
      }
      if (widget.value().isText()) {
        byText.computeIfAbsent(widget.text(), text -> new ArrayList<>()).add(widget);
      }
    }
  }

  /** Where no names are known, the only widget, or the only one with the text, is taken for it. */
  @Nullable Widget widget(String name, JsonValue copy) {
    if (!byName.isEmpty()) {
      return byName.get(name);
    }
    if (widgets.size() == 1) {
      return widgets.get(0);
    }
    if (!copy.isText()) {
      return null;
    }
    List<Widget> same = byText.getOrDefault(copy.text().orElseThrow(), List.of());
    return same.size() == 1 ? same.get(0) : null;
  }
}
