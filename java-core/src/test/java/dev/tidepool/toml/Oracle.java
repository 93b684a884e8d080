package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** What another library reads in a document. */
final class Oracle {
  private Oracle() {}

  /** The values, dates as strings; fails when the library finds mistakes. */
  static Map<String, Object> read(String text) {
    TomlParseResult result = parse(text);
    if (result.hasErrors()) {
      throw new AssertionError(result.errors() + "\n" + text);
    }
    return plain(result);
  }

  static TomlParseResult parse(String text) {
    return Toml.parse(text.startsWith("\ufeff") ? text.substring(1) : text);
  }

  static Map<String, Object> plain(TomlTable table) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      plain.put(key, plain(Objects.requireNonNull(table.get(List.of(key)))));
    }
    return plain;
  }

  private static Object plain(Object value) {
    if (value instanceof TomlTable table) {
      return plain(table);
    }
    if (value instanceof TomlArray array) {
      List<Object> plain = new ArrayList<>();
      array.toList().forEach(element -> plain.add(plain(element)));
      return plain;
    }
    boolean simple =
        value instanceof String
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean;
    return simple ? value : value.toString();
  }
}
