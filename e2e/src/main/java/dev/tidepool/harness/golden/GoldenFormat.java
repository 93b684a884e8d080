package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The content of {@code golden.json}:
 *
 * <pre>{@code
 * {
 *   "format": 1,
 *   "executed": ["1", "9"],
 *   "cached": ["1", "9"],
 *   "failures": [{"node": "3", "type": "ValueError", "message": "…"}],
 *   "outputs": {
 *     "9": {
 *       "images": [{"file": "9.images-1.png", "kind": "image", "sha256": "…"}],
 *       "text": [{"value": "hello"}]
 *     }
 *   }
 * }
 * }</pre>
 */
final class GoldenFormat {
  private static final int VERSION = 1;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private GoldenFormat() {}

  /**
   * Builds the index.
   *
   * @param files gets the files that belong to it, by name
   */
  static ObjectNode write(Results results, Map<String, byte[]> files) {
    ObjectNode index = NODES.objectNode();
    index.put("format", VERSION);
    index.set("executed", ids(results.executed()));
    index.set("cached", ids(results.cached()));
    if (!results.failures().isEmpty()) {
      ArrayNode failures = index.putArray("failures");
      for (Failure failure : results.failures()) {
        failures
            .addObject()
            .put("node", failure.node())
            .put("type", failure.type())
            .put("message", failure.message());
      }
    }
    ObjectNode outputs = index.putObject("outputs");
    results
        .outputs()
        .forEach(
            (node, byName) -> {
              ObjectNode target = outputs.putObject(node);
              byName.forEach(
                  (name, list) -> {
                    ArrayNode entries = target.putArray(name);
                    for (Output output : list) {
                      String stem = node + "." + name + "-" + (entries.size() + 1);
                      entries.add(write(output, stem, files));
                    }
                  });
            });
    return index;
  }

  private static ObjectNode write(Output output, String stem, Map<String, byte[]> files) {
    ObjectNode entry = NODES.objectNode();
    if (output instanceof Output.Value value) {
      return entry.set("value", value.value());
    }
    Content content = ((Output.Produced) output).content();
    String plain = stem.replaceAll("[^A-Za-z0-9._-]", "_");
    String name = plain + content.extension();
    for (int i = 2; files.containsKey(name); i++) {
      name = plain + "-" + i + content.extension();
    }
    files.put(name, content.bytes());
    return entry
        .put("file", name)
        .put("kind", content.kind().word())
        .put("sha256", content.digest());
  }

  private static ArrayNode ids(Collection<String> ids) {
    ArrayNode array = NODES.arrayNode();
    ids.forEach(array::add);
    return array;
  }

  /**
   * Reads an index.
   *
   * @param files gives the content of a file by its name
   */
  static Results read(JsonNode index, Function<String, byte[]> files) {
    int version = index.path("format").asInt();
    if (version > VERSION) {
      throw new GoldenException(
          "golden.json has the format " + version + ", and this Tidepool reads only 1.",
          "A newer Tidepool wrote it.");
    }
    if (version != VERSION) {
      throw new DamagedGoldenException("The golden is damaged: golden.json names no format.");
    }
    List<Failure> failures = new ArrayList<>();
    for (JsonNode failure : index.path("failures")) {
      failures.add(
          new Failure(
              failure.path("node").asText(),
              failure.path("type").asText(),
              failure.path("message").asText()));
    }
    NavigableMap<String, NavigableMap<String, List<Output>>> outputs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> node : index.path("outputs").properties()) {
      NavigableMap<String, List<Output>> byName = new TreeMap<>();
      for (Map.Entry<String, JsonNode> named : node.getValue().properties()) {
        List<Output> list = new ArrayList<>();
        named.getValue().forEach(entry -> list.add(output(entry, files)));
        byName.put(named.getKey(), List.copyOf(list));
      }
      outputs.put(node.getKey(), byName);
    }
    return new Results(
        new TreeSet<>(ids(index.path("executed"))),
        new TreeSet<>(ids(index.path("cached"))),
        outputs,
        failures);
  }

  private static Output output(JsonNode entry, Function<String, byte[]> files) {
    if (!entry.has("file")) {
      return new Output.Value(entry.path("value"));
    }
    String name = entry.path("file").asText();
    Content content = Content.of(name, files.apply(name));
    if (!content.digest().equals(entry.path("sha256").asText())) {
      throw new DamagedGoldenException(
          "The golden's file " + name + " is not what golden.json says (another SHA-256).");
    }
    return new Output.Produced(content);
  }

  private static List<String> ids(JsonNode array) {
    List<String> ids = new ArrayList<>();
    array.forEach(id -> ids.add(id.asText()));
    return ids;
  }
}
