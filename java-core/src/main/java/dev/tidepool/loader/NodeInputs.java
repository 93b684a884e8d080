package dev.tidepool.loader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inputs of one node type in the order in which the editor shows them, out of {@code
 * /object_info}: {@code {"input": {"required": {"ckpt_name": [["a.safetensors"], {}]}},
 * "input_order": {"required": ["ckpt_name"]}}}. A list of choices stands in the place of the type,
 * or under {@code options} of a {@code COMBO}.
 *
 * @param ofPack whether a node pack brings the node type, as {@code python_module} tells
 */
record NodeInputs(List<Input> inputs, boolean ofPack) {
  private static final List<String> PARTS = List.of("required", "optional");
  private static final String PACKS = "custom_nodes.";

  NodeInputs {
    inputs = List.copyOf(inputs);
  }

  /**
   * One input.
   *
   * @param required whether it is in the first of the two parts
   * @param type such as {@code COMBO} or {@code MODEL}
   * @param options its options; an empty object when it has none
   * @param choices what a {@code COMBO} offers
   */
  record Input(String name, boolean required, String type, JsonNode options, List<String> choices) {
    Input {
      choices = List.copyOf(choices);
    }

    boolean is(String option) {
      JsonNode value = options.path(option);
      return value.isBoolean() ? value.booleanValue() : value.isTextual();
    }
  }

  static NodeInputs of(JsonNode node) {
    List<Input> inputs = new ArrayList<>();
    for (String part : PARTS) {
      JsonNode specs = node.path("input").path(part);
      for (String name : order(node, part, specs)) {
        inputs.add(input(name, part.equals(PARTS.get(0)), specs.path(name)));
      }
    }
    return new NodeInputs(inputs, node.path("python_module").asText().startsWith(PACKS));
  }

  Optional<Input> input(String name) {
    return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
  }

  private static List<String> order(JsonNode node, String part, JsonNode specs) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : node.path("input_order").path(part)) {
      if (specs.has(name.asText())) {
        names.add(name.asText());
      }
    }
    specs.fieldNames().forEachRemaining(name -> addOnce(names, name, node, part));
    return names;
  }

  private static void addOnce(List<String> names, String name, JsonNode node, String part) {
    if (!node.path("input_order").has(part)) {
      names.add(name);
    }
  }

  private static Input input(String name, boolean required, JsonNode spec) {
    JsonNode type = spec.path(0);
    JsonNode options = spec.path(1);
    boolean list = type.isArray();
    List<String> choices = new ArrayList<>();
    for (JsonNode choice : list ? type : options.path("options")) {
      if (choice.isTextual()) {
        choices.add(choice.textValue());
      }
    }
    return new Input(name, required, list ? "COMBO" : type.asText(), options, choices);
  }
}
