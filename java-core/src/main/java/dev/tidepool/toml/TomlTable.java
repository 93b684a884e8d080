package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table while its document is read: what it holds, and how it came to be. */
final class TomlTable {
  /** How a table came to be, which decides who may add to it (TOML 1.0, "Table"). */
  enum Origin {
    /** Only named on the way to another. */
    IMPLIED,
    HEADER,
    DOTTED
  }

  Origin origin;
  private final Map<String, Object> entries = new LinkedHashMap<>();

  TomlTable(Origin origin) {
    this.origin = origin;
  }

  @Nullable Object get(String key) {
    return entries.get(key);
  }

  void put(String key, Object value) {
    entries.put(key, value);
  }

  /** The elements of an array of tables. */
  static final class Elements {
    final List<TomlTable> tables = new ArrayList<>();
  }

  Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    entries.forEach((key, value) -> plain.put(key, plain(value)));
    return Collections.unmodifiableMap(plain);
  }

  private static Object plain(Object value) {
    if (value instanceof TomlTable table) {
      return table.plain();
    }
    if (value instanceof Elements elements) {
      List<Object> tables = new ArrayList<>();
      elements.tables.forEach(table -> tables.add(table.plain()));
      return Collections.unmodifiableList(tables);
    }
    return value instanceof TomlValue parsed ? parsed.plain() : value;
  }
}
