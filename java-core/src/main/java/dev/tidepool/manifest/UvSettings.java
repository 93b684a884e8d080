package dev.tidepool.manifest;

import dev.tidepool.toml.TomlDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table {@code tool.uv} of a manifest. Immutable; a change makes a new document. */
record UvSettings(TomlDocument document) {
  private static final List<String> CONSTRAINTS = List.of("tool", "uv", "constraint-dependencies");
  private static final List<String> SOURCES = List.of("tool", "uv", "sources");

  private Fields uv() {
    return Fields.of("tool.uv", document.get("tool", "uv"));
  }

  List<String> constraints() {
    return uv().texts("constraint-dependencies");
  }

  TomlDocument withConstraints(List<String> constraints) {
    return constraints.isEmpty()
        ? document.without(CONSTRAINTS)
        : document.with(CONSTRAINTS, constraints);
  }

  Map<String, String> indexes() {
    Map<String, String> indexes = new LinkedHashMap<>();
    for (Fields index : uv().tables("index")) {
      indexes.put(index.text("name").orElse(""), index.text("url").orElse(""));
    }
    return Collections.unmodifiableMap(indexes);
  }

  TomlDocument withIndex(String name, String url) {
    List<Map<String, Object>> indexes = new ArrayList<>();
    boolean known = false;
    for (Fields index : uv().tables("index")) {
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

  Set<String> sources() {
    return Collections.unmodifiableSet(uv().in("sources").table().keySet());
  }

  List<Map<String, Object>> source(String packageName) {
    Fields sources = uv().in("sources");
    return sources.table().get(packageName) instanceof Map
        ? List.of(sources.in(packageName).table())
        : sources.tables(packageName).stream().map(Fields::table).toList();
  }

  /** One source stands as a table, several as a list of tables. */
  TomlDocument withSource(String packageName, List<Map<String, Object>> source) {
    return document.with(path(packageName), source.size() == 1 ? source.get(0) : source);
  }

  TomlDocument withoutSource(String packageName) {
    TomlDocument rest = document.without(path(packageName));
    return new UvSettings(rest).sources().isEmpty() ? rest.without(SOURCES) : rest;
  }

  private static List<String> path(String packageName) {
    return List.of("tool", "uv", "sources", packageName);
  }
}
