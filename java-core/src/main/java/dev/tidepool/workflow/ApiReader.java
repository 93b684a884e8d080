package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the API's format: {@code {"3":{"class_type":"KSampler","inputs":{"seed":1,"model":["4",0]},
 * "_meta":{"title":"KSampler"}}}}, or that below {@code "prompt"} as {@code POST /prompt} takes it.
 */
final class ApiReader {
  private final Invalid invalid;
  private final List<WorkflowNode> nodes = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private ApiReader(Invalid invalid) {
    this.invalid = invalid;
  }

  static Workflow.Reading read(JsonValue json, Invalid invalid) {
    JsonValue prompt = json.field("prompt").filter(JsonValue::isObject).orElse(json);
    ApiReader reader = new ApiReader(invalid);
    prompt.fields().forEach(reader::entry);
    if (reader.nodes.isEmpty()) {
      throw invalid.file("it holds neither the nodes of the editor nor those of the API");
    }
    Graph graph = new Graph(Scope.ROOT, List.copyOf(reader.nodes), List.copyOf(reader.links), json);
    return new Workflow.Reading(List.of(graph), List.of());
  }

  private void entry(String id, JsonValue json) {
    Optional<JsonValue> type = json.field("class_type");
    if (type.isEmpty()) {
      if (json.field("inputs").isPresent()) {
        throw invalid.at(json, "a node has no class_type");
      }
      return;
    }
    if (!type.get().isText()) {
      throw invalid.at(type.get(), "a node's class_type is no text");
    }
    NodeOrigin origin = new NodeOrigin("", "", "", "");
    String title = json.field("_meta").map(meta -> meta.text("title")).orElse("");
    nodes.add(
        new WorkflowNode(
            Scope.ROOT,
            id,
            json.text("class_type"),
            title,
            NodeMode.ACTIVE,
            origin,
            widgets(id, json),
            List.of(),
            List.of(),
            json));
  }

  private List<Widget> widgets(String id, JsonValue json) {
    Optional<JsonValue> inputs = json.field("inputs");
    if (inputs.isEmpty()) {
      return List.of();
    }
    if (!inputs.get().isObject()) {
      throw invalid.at(inputs.get(), "a node's inputs are no object");
    }
    List<Widget> widgets = new ArrayList<>();
    for (Map.Entry<String, JsonValue> entry : inputs.get().fields().entrySet()) {
      String name = entry.getKey();
      JsonValue value = entry.getValue();
      boolean linked = isLink(value);
      if (linked) {
        String origin = value.items().get(0).text().orElseThrow();
        String slot = value.items().get(1).text().orElseThrow();
        links.add(new Link("", origin, slot, id, name));
      }
      widgets.add(new Widget(OptionalInt.empty(), name, value, linked));
    }
    return List.copyOf(widgets);
  }

  // As the server decides: a list of two, a node's id and the number of one of its outputs.
  private static boolean isLink(JsonValue value) {
    List<JsonValue> items = value.items();
    return items.size() == 2
        && items.get(0).isText()
        && items.get(1).kind() == JsonValue.Kind.NUMBER;
  }
}
