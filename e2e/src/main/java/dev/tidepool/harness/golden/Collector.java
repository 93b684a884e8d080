package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Gathers what nodes put out from ComfyUI's history. What differs between two runs for no reason of
 * the workflow's is made alike: names of files, which carry counters, give way to their content;
 * addresses in memory and the server's own folder are masked in texts.
 */
final class Collector {
  private static final Pattern MEMORY = Pattern.compile("0x[0-9a-f]{8,16}\\b");

  private final Function<JsonNode, byte[]> fetch;
  private final String base;

  /**
   * A collector.
   *
   * @param fetch gives the content of a file that a node names
   * @param base the server's base directory; empty when it is not known
   */
  Collector(Function<JsonNode, byte[]> fetch, String base) {
    this.fetch = fetch;
    this.base = base;
  }

  NavigableMap<String, NavigableMap<String, List<Output>>> outputs(JsonNode history) {
    NavigableMap<String, NavigableMap<String, List<Output>>> outputs = Results.nodes();
    for (Map.Entry<String, JsonNode> node : history.properties()) {
      NavigableMap<String, List<Output>> byName = new TreeMap<>();
      for (Map.Entry<String, JsonNode> named : node.getValue().properties()) {
        byName.put(named.getKey(), list(named.getValue()));
      }
      if (!byName.isEmpty()) {
        outputs.put(node.getKey(), byName);
      }
    }
    return outputs;
  }

  private List<Output> list(JsonNode value) {
    if (!value.isArray()) {
      return List.of(output(value));
    }
    List<Output> list = new ArrayList<>();
    value.forEach(entry -> list.add(output(entry)));
    return list;
  }

  private Output output(JsonNode entry) {
    if (entry.path("filename").isTextual()) {
      byte[] bytes = fetch.apply(entry);
      return new Output.Produced(Content.of(entry.path("filename").asText(), bytes));
    }
    return new Output.Value(masked(entry));
  }

  private JsonNode masked(JsonNode value) {
    if (value.isTextual()) {
      return JsonNodeFactory.instance.textNode(masked(value.asText()));
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(entry -> copy.add(masked(entry)));
      return copy;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(entry -> copy.set(entry.getKey(), masked(entry.getValue())));
      return copy;
    }
    // JSON has no word for these, and a golden is JSON.
    boolean unwritable = value.isDouble() && !Double.isFinite(value.asDouble());
    return unwritable ? JsonNodeFactory.instance.textNode(value.asText()) : value;
  }

  /** The failures with masked messages. */
  List<Failure> failures(List<Failure> failures) {
    return failures.stream()
        .map(failure -> new Failure(failure.node(), failure.type(), masked(failure.message())))
        .toList();
  }

  private String masked(String text) {
    String masked = MEMORY.matcher(text).replaceAll("0x…");
    return base.isEmpty() ? masked : masked.replace(base, "<base>");
  }
}
