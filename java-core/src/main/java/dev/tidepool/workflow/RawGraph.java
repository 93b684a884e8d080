package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph of the editor's format whose nodes are still JSON. */
record RawGraph(Scope scope, JsonValue json, List<JsonValue> nodes, List<Link> links) {
  private static final String[] FIELDS = {
    "id", "origin_id", "origin_slot", "target_id", "target_slot"
  };

  /**
   * The links of a graph: {@code [id, origin, slot, target, slot, type]} or an object; in group
   * nodes {@code [origin, slot, target, slot, type]} without an id.
   */
  static List<Link> links(JsonValue graph) {
    boolean group = graph.field("external").isPresent();
    List<Link> links = new ArrayList<>();
    for (JsonValue link : graph.list("links")) {
      if (link.isObject()) {
        named(link).ifPresent(links::add);
      } else {
        positional(link.items(), group ? 1 : 0).ifPresent(links::add);
      }
    }
    return List.copyOf(links);
  }

  private static Optional<Link> named(JsonValue link) {
    String[] parts = new String[FIELDS.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = link.text(FIELDS[i]);
    }
    return link(parts);
  }

  private static Optional<Link> positional(List<JsonValue> items, int shift) {
    String[] parts = {"", "", "", "", ""};
    for (int i = shift; i < parts.length && i - shift < items.size(); i++) {
      parts[i] = items.get(i - shift).text().orElse("");
    }
    return link(parts);
  }

  private static Optional<Link> link(String[] parts) {
    boolean whole = !parts[1].isEmpty() && !parts[3].isEmpty();
    return whole
        ? Optional.of(new Link(parts[0], parts[1], parts[2], parts[3], parts[4]))
        : Optional.empty();
  }

  /** The id of a node; in group nodes its index. */
  static String id(JsonValue node) {
    String id = node.text("id");
    return id.isEmpty() ? node.text("index") : id;
  }

  /** The names of the widgets among a node's inputs, in their order. */
  static List<String> widgetInputs(JsonValue node) {
    List<String> names = new ArrayList<>();
    for (JsonValue input : node.list("inputs")) {
      String name = widgetOf(input);
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /** A node's inputs by name; of several with one name the first. */
  static Map<String, JsonValue> inputsByName(JsonValue node) {
    Map<String, JsonValue> inputs = new HashMap<>();
    for (JsonValue input : node.list("inputs")) {
      inputs.putIfAbsent(input.text("name"), input);
    }
    return inputs;
  }

  /** The name of the widget that an input stands for; empty when it is none. */
  static String widgetOf(JsonValue input) {
    return input.field("widget").map(widget -> widget.text("name")).orElse("");
  }
}
