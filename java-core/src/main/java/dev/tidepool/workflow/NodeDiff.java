package dev.tidepool.workflow;

import dev.tidepool.workflow.WorkflowChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares one node before and after. */
final class NodeDiff {
  private static final List<String> LAYOUT =
      List.of("pos", "size", "flags", "order", "color", "bgcolor", "shape");

  /** Which pack it comes from, what the copies of widgets tell, and what extensions draw. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "Node name for S&R",
          "cnr_id",
          "aux_id",
          "ver",
          "ue_properties",
          "enableTabs",
          "tabWidth",
          "tabXOffset",
          "hasSecondTab",
          "secondTabText",
          "secondTabOffset",
          "secondTabWidth",
          "previewExposures",
          "proxyWidgetErrorQuarantine");

  private final WorkflowNode before;
  private final WorkflowNode after;
  private final String shown;
  private final List<WorkflowChange> changes = new ArrayList<>();

  private NodeDiff(Matching.Pair<WorkflowNode> pair, String shown) {
    this.before = pair.before();
    this.after = pair.after();
    this.shown = shown;
  }

  static List<WorkflowChange> of(
      Matching.Pair<WorkflowNode> pair, GraphPairs graphs, String shown, boolean layout) {
    NodeDiff diff = new NodeDiff(pair, shown);
    String type = graphs.shown(graphs.typeAfter(pair.before().type()));
    diff.texts(Kind.TYPE, "", type, shown);
    diff.texts(Kind.TITLE, "", pair.before().title(), pair.after().title());
    diff.texts(Kind.MODE, "", mode(pair.before()), mode(pair.after()));
    if (type.equals(shown)) {
      diff.widgets();
    }
    diff.properties();
    if (layout) {
      diff.layout();
    }
    return diff.changes;
  }

  private static String mode(WorkflowNode node) {
    return node.mode().name().toLowerCase(Locale.ROOT);
  }

  private void widgets() {
    boolean named = allNamed(before) && allNamed(after);
    Map<String, JsonValue> old = values(before, named);
    Map<String, JsonValue> now = values(after, named);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      values(Kind.WIDGET, name, old.get(name), now.get(name));
    }
  }

  private static boolean allNamed(WorkflowNode node) {
    return node.widgets().stream().noneMatch(widget -> widget.name().isEmpty());
  }

  /** The values that count, by name, or by position where not all names are known. */
  private Map<String, JsonValue> values(WorkflowNode node, boolean named) {
    Map<String, JsonValue> values = new LinkedHashMap<>();
    for (int i = 0; i < node.widgets().size(); i++) {
      Widget widget = node.widgets().get(i);
      String name = named ? widget.name() : name(i);
      if (!widget.linked()) {
        values.put(name, widget.value());
      }
    }
    return values;
  }

  private String name(int index) {
    String known = name(after, index);
    return known.isEmpty() || !known.equals(name(before, index)) ? "[" + index + "]" : known;
  }

  private static String name(WorkflowNode node, int index) {
    return index < node.widgets().size() ? node.widgets().get(index).name() : "";
  }

  private void properties() {
    Map<String, JsonValue> old = settings(before);
    Map<String, JsonValue> now = settings(after);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      values(Kind.PROPERTY, name, old.get(name), now.get(name));
    }
  }

  private static Map<String, JsonValue> settings(WorkflowNode node) {
    Map<String, JsonValue> settings = new LinkedHashMap<>();
    Optional<JsonValue> properties = node.json().field("properties").filter(JsonValue::isObject);
    if (properties.isPresent()) {
      for (int i = 0; i < properties.get().names().size(); i++) {
        settings.put(properties.get().names().get(i), properties.get().values().get(i));
      }
    }
    settings.keySet().removeAll(NO_SETTINGS);
    return settings;
  }

  private void layout() {
    texts(Kind.LAYOUT, "id", before.id(), after.id());
    for (String field : LAYOUT) {
      @Nullable JsonValue was = before.json().field(field).orElse(null);
      @Nullable JsonValue is = after.json().field(field).orElse(null);
      values(Kind.LAYOUT, field, was, is);
    }
  }

  private void texts(Kind kind, String name, String was, String is) {
    values(kind, name, JsonValue.ofText(was), JsonValue.ofText(is));
  }

  private void values(Kind kind, String name, @Nullable JsonValue was, @Nullable JsonValue is) {
    if (!JsonSame.test(Optional.ofNullable(was), Optional.ofNullable(is))) {
      changes.add(new WorkflowChange(kind, after.scope(), after.id(), shown, name, was, is));
    }
  }
}
