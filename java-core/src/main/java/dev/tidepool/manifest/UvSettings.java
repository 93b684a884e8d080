package dev.tidepool.manifest;

import dev.tidepool.toml.TomlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes {@code [[tool.uv.index]]}. */
final class UvSettings {
  private UvSettings() {}

  static TomlDocument withIndex(TomlDocument document, Fields uv, String name, String url) {
    List<Map<String, Object>> indexes = new ArrayList<>();
    boolean known = false;
    for (Fields index : uv.tables("index")) {
      Map<String, Object> table = new LinkedHashMap<>(index.table());
      if (index.text("name").equals(Optional.of(name))) {
        known = true;
        table.put("url", url);
      }
      indexes.add(table);
    }
    if (!known) {
      Map<String, Object> table = new LinkedHashMap<>();
      table.put("name", name);
      table.put("url", url);
      table.put("explicit", true);
      indexes.add(table);
    }
    return document.with(List.of("tool", "uv", "index"), indexes);
  }
}
