package dev.tidepool.workflow;

import dev.tidepool.workflow.Hosts.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A widget that an instance of a subgraph shows. {@code properties.proxyWidgets}, where it is not
 * empty, lists {@code [node, widget]} in the order of {@code widgets_values}, with the node {@code
 * -1} for the subgraph's own input; newer files have a value for each input of the subgraph that
 * leads to a widget.
 *
 * @param name the name of the widget as the instance knows it
 * @param node the inner node; {@code -1} when {@code name} is an input of the subgraph
 */
record Shown(String node, String name) {
  static final String OWN_INPUT = "-1";

  // What older versions of the editor wrote for widgets of nested subgraphs: "12: text".
  private static final Pattern PREFIX = Pattern.compile("\\s*+\\d{1,18}+\\s*+:\\s*+(?=\\S)");

  /** In the order of the instance's {@code widgets_values}. */
  static List<Shown> of(Host host, GraphIndex definition, Leaves leaves) {
    List<Shown> proxied = proxied(host.node());
    if (!proxied.isEmpty()) {
      return proxied;
    }
    return leaves.ownInputs(definition);
  }

  /** What {@code proxyWidgets} lists; early versions of the editor wrote it as a string. */
  static List<Shown> proxied(JsonValue node) {
    Optional<JsonValue> entries =
        node.field("properties").flatMap(properties -> properties.field("proxyWidgets"));
    List<Shown> shown = new ArrayList<>();
    for (JsonValue entry : entries.map(JsonNested::items).orElse(List.of())) {
      List<JsonValue> parts = entry.items();
      if (parts.size() >= 2) {
        String id = parts.get(0).text().orElse("");
        shown.add(new Shown(id, withoutPrefix(parts.get(1).text().orElse(""))));
      }
    }
    return shown;
  }

  private static String withoutPrefix(String name) {
    Matcher matcher = PREFIX.matcher(name);
    int begin = 0;
    while (matcher.region(begin, name.length()).lookingAt()) {
      begin = matcher.end();
    }
    return name.substring(begin);
  }
}
