package dev.tidepool.loader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what {@code comfyui_facts.py} writes; its documentation shows the format. */
final class FactsFormat {
  private FactsFormat() {}

  /**
   * Reads the facts of an installed ComfyUI.
   *
   * @throws TidepoolException {@code comfyui-answer-invalid}
   */
  static NodeFacts read(byte[] bytes) {
    JsonNode facts = json(bytes, "The ComfyUI's list of its nodes");
    Map<String, ModelFolder> folders = new LinkedHashMap<>();
    Map<String, List<String>> files = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : facts.path("folders").properties()) {
      JsonNode folder = entry.getValue();
      Set<String> extensions = new LinkedHashSet<>(texts(folder.path("extensions")));
      String name = entry.getKey();
      folders.put(name, new ModelFolder(name, texts(folder.path("paths")), extensions));
      files.put(name, texts(folder.path("files")));
    }
    return new NodeFacts(
        true, nodes(facts.path("nodes")), folders, files, texts(facts.path("failed")));
  }

  /** The node types of {@code /object_info}. */
  static Map<String, NodeInputs> nodes(JsonNode objectInfo) {
    Map<String, NodeInputs> nodes = new HashMap<>();
    objectInfo
        .properties()
        .forEach(entry -> nodes.put(entry.getKey(), NodeInputs.of(entry.getValue())));
    return nodes;
  }

  /** The texts of a list; what is no text is left out. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list) {
      if (text.isTextual()) {
        texts.add(text.textValue());
      }
    }
    return texts;
  }

  /** Reads JSON that came from a ComfyUI. */
  static JsonNode json(byte[] bytes, String what) {
    try {
      return JsonTree.read(bytes);
    } catch (IOException e) {
      throw new TidepoolException(
          e,
          ErrorKind.MALFORMED,
          "comfyui-answer-invalid",
          what + " is no JSON.",
          "Is it ComfyUI that answers there? Name its folder, or its address, with --comfyui.");
    }
  }
}
