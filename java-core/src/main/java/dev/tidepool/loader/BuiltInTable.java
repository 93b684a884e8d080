package dev.tidepool.loader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The table that comes with Tidepool, {@code comfyui-nodes.json}:
 *
 * <pre>{@code
 * {"comfyui": "0.30.0",
 *  "extensions": [".ckpt", …],
 *  "folders": {"text_encoders": {"paths": ["text_encoders", "clip"]},
 *              "configs": {"paths": ["configs"], "extensions": [".yaml"]}},
 *  "old_names": {"clip": "text_encoders"},
 *  "nodes": {"VAELoader": {"widgets": ["vae_name"],
 *                          "models": {"vae_name": {"folders": ["vae", "vae_approx"],
 *                                                  "exceptions": {"pixel_space": ""}}}},
 *            "VAEDecode": {"widgets": []}}}
 * }</pre>
 *
 * {@code java-core/check/loaders.py} compares it with a real ComfyUI.
 */
final class BuiltInTable {
  private static final String NAME = "comfyui-nodes.json";

  private BuiltInTable() {}

  static Loaders read() {
    JsonNode table = table();
    Set<String> usual = texts(table.path("extensions"));
    Map<String, ModelFolder> folders = new LinkedHashMap<>();
    table
        .path("folders")
        .properties()
        .forEach(entry -> folders.put(entry.getKey(), folder(entry, usual)));
    Map<String, NodeType> types = new HashMap<>();
    table
        .path("nodes")
        .properties()
        .forEach(entry -> types.put(entry.getKey(), type(entry.getValue())));
    return new Loaders(types, folders, named(table.path("old_names")));
  }

  private static JsonNode table() {
    try (InputStream in = Objects.requireNonNull(BuiltInTable.class.getResourceAsStream(NAME))) {
      return JsonTree.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelFolder folder(Map.Entry<String, JsonNode> entry, Set<String> usual) {
    JsonNode folder = entry.getValue();
    return new ModelFolder(
        entry.getKey(),
        List.copyOf(texts(folder.path("paths"))),
        folder.has("extensions") ? texts(folder.path("extensions")) : usual);
  }

  private static NodeType type(JsonNode node) {
    List<String> widgets = new ArrayList<>();
    node.path("widgets").forEach(name -> widgets.add(name.asText()));
    List<LoaderSlot> slots = new ArrayList<>();
    node.path("models")
        .properties()
        .forEach(entry -> slots.add(slot(entry.getKey(), entry.getValue(), widgets)));
    return new NodeType(widgets, slots);
  }

  private static LoaderSlot slot(String input, JsonNode slot, List<String> widgets) {
    return new LoaderSlot(
        input,
        LoaderSlot.position(widgets.indexOf(input)),
        List.copyOf(texts(slot.path("folders"))),
        named(slot.path("exceptions")));
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Map<String, String> named(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
