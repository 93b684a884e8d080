package dev.tidepool.harness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Graphs in API format, put together node by node. */
final class PromptGraph {
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  /** Adds a node, and returns its inputs to fill. */
  ObjectNode node(String id, String type) {
    return json.putObject(id).put("class_type", type).putObject("inputs");
  }

  /** Links an input to the first output of a node. */
  static void link(ObjectNode inputs, String name, String node) {
    inputs.putArray(name).add(node).add(0);
  }

  /** A graph that loads an image, inverts it and saves it. */
  static ObjectNode inverting(String image) {
    PromptGraph graph = new PromptGraph();
    graph.node("load", "LoadImage").put("image", image);
    link(graph.node("invert", "ImageInvert"), "image", "load");
    ObjectNode save = graph.node("save", "SaveImage").put("filename_prefix", "inverted");
    link(save, "images", "invert");
    return graph.json;
  }

  /** A graph whose second node fails, for its pattern is none. */
  static ObjectNode failing(String pattern) {
    PromptGraph graph = new PromptGraph();
    // Another text each time, or the cache has the first node.
    graph.node("text", "PrimitiveString").put("value", "text " + System.nanoTime());
    ObjectNode replace = graph.node("replace", "RegexReplace").put("regex_pattern", pattern);
    replace.put("replace", "").put("case_insensitive", true).put("multiline", false);
    replace.put("dotall", false).put("count", 0);
    link(replace, "string", "text");
    link(graph.node("show", "PreviewAny"), "source", "replace");
    return graph.json;
  }

  /** A graph that computes for minutes, until it is interrupted. */
  static ObjectNode slow() {
    PromptGraph graph = new PromptGraph();
    ObjectNode empty = graph.node("empty", "EmptyImage").put("width", 1024).put("height", 1024);
    // Another colour each time, or the cache has the answer.
    empty.put("batch_size", 1).put("color", (int) (System.nanoTime() & 0xffffff));
    String before = "empty";
    for (int i = 0; i < 300; i++) {
      ObjectNode blur = graph.node("blur-" + i, "ImageBlur").put("blur_radius", 31);
      link(blur.put("sigma", 10.0), "image", before);
      before = "blur-" + i;
    }
    link(graph.node("show", "PreviewImage"), "images", before);
    return graph.json;
  }
}
