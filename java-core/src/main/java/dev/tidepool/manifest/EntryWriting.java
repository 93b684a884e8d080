package dev.tidepool.manifest;

import dev.tidepool.toml.Toml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts entries into the tables that were there; keys that are not ours stay. */
final class EntryWriting {
  private EntryWriting() {}

  static Map<String, Object> node(Map<String, Object> old, NodeEntry entry) {
    Map<String, Object> table = new LinkedHashMap<>(old);
    table.put("name", entry.name());
    put(table, "registry_id", entry.registryId());
    put(table, "repository", entry.repository());
    put(table, "version", entry.version());
    put(table, "download_url", entry.downloadUrl());
    table.put("source", entry.source().text());
    put(table, "dependency_sources", entry.dependencySources());
    put(table, "branch", entry.branch());
    put(table, "pinned_commit", entry.pinnedCommit());
    return table;
  }

  static Map<String, Object> workflow(Fields old, WorkflowEntry entry) {
    Map<String, Object> table = new LinkedHashMap<>(old.table());
    table.put("path", entry.path());
    put(table, "nodes", entry.nodes());
    List<Fields> known = new ArrayList<>(old.tables("models"));
    List<Map<String, Object>> models = new ArrayList<>();
    for (WorkflowModel model : entry.models()) {
      models.add(model(take(known, model), model));
    }
    put(table, "models", models);
    if (entry.customNodeMap().isEmpty()) {
      table.remove("custom_node_map");
    } else {
      table.put("custom_node_map", entry.customNodeMap());
    }
    return table;
  }

  private static Map<String, Object> take(List<Fields> known, WorkflowModel model) {
    for (Fields fields : known) {
      if (fields.text("filename").equals(Optional.of(model.filename()))
          && fields.text("category").equals(Optional.of(model.category()))) {
        known.remove(fields);
        return fields.table();
      }
    }
    return Map.of();
  }

  private static Map<String, Object> model(Map<String, Object> old, WorkflowModel model) {
    Map<String, Object> table = new LinkedHashMap<>(old);
    table.put("filename", model.filename());
    table.put("category", model.category());
    table.put("criticality", model.criticality());
    table.put("status", model.status());
    List<Object> nodes = new ArrayList<>();
    for (NodeRef node : model.nodes()) {
      Map<String, Object> reference = new LinkedHashMap<>();
      reference.put("node_id", node.nodeId());
      reference.put("node_type", node.nodeType());
      reference.put("widget_idx", node.widgetIndex());
      reference.put("widget_value", node.widgetValue());
      nodes.add(Toml.inline(reference));
    }
    table.put("nodes", nodes);
    put(table, "hash", model.hash());
    put(table, "sources", model.sources());
    put(table, "relative_path", model.relativePath());
    return table;
  }

  /** The sources that were there stay. */
  static Object model(Fields old, ModelEntry entry) {
    Map<String, Object> table = new LinkedHashMap<>(old.table());
    table.put("filename", entry.filename());
    table.put("size", entry.size());
    table.put("relative_path", entry.relativePath());
    table.put("category", entry.category());
    List<String> sources = new ArrayList<>(old.texts("sources"));
    entry.sources().stream().filter(url -> !sources.contains(url)).forEach(sources::add);
    put(table, "sources", sources);
    return Toml.inline(table);
  }

  private static void put(Map<String, Object> table, String key, Optional<String> value) {
    value.ifPresentOrElse(text -> table.put(key, text), () -> table.remove(key));
  }

  private static void put(Map<String, Object> table, String key, List<?> value) {
    if (value.isEmpty()) {
      table.remove(key);
    } else {
      table.put(key, value);
    }
  }
}
