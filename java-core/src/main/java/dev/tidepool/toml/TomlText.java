package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes values, keys and tables. */
final class TomlText {
  private static final String INDENT = "    ";

  private final String lineEnd;

  TomlText(String lineEnd) {
    this.lineEnd = lineEnd;
  }

  /** The value without its layout. */
  static Object plain(Object value) {
    if (value instanceof Toml.Inline inline) {
      return plain(inline.table());
    }
    if (value instanceof Toml.Lines lines) {
      return plain(lines.elements());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, element) -> plain.put((String) key, plain(element)));
      return Collections.unmodifiableMap(plain);
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plain(element)));
      return Collections.unmodifiableList(plain);
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof String
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("not a value of TOML: " + value.getClass());
  }

  /** Whether the value gets headers of its own. */
  static boolean isTable(Object value) {
    return value instanceof Map || isTables(value);
  }

  static boolean isTables(Object value) {
    return value instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(Map.class::isInstance);
  }

  static String key(String key) {
    boolean bare = !key.isEmpty() && key.chars().allMatch(c -> TomlCursor.isBare((char) c));
    return bare ? key : string(key);
  }

  /** A dotted key; numbers, which count elements, are not written. */
  static String key(List<Object> path) {
    return path.stream()
        .filter(String.class::isInstance)
        .map(part -> key((String) part))
        .collect(Collectors.joining("."));
  }

  static String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> out.append(TomlCursor.isControl(c) ? escaped(c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }

  private static String escaped(char c) {
    return String.format(Locale.ROOT, "\\u%04x", (int) c);
  }

  /** A value as it stands after {@code key = }. */
  String value(Object value) {
    if (value instanceof String text) {
      return string(text);
    }
    if (value instanceof Toml.Lines lines) {
      return lines(lines.elements());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::value).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Toml.Inline inline) {
      return value(inline.table());
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> key((String) entry.getKey()) + " = " + value(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Double number) {
      return number(number);
    }
    return String.valueOf(plain(value));
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    return Double.isInfinite(number) ? (number > 0 ? "inf" : "-inf") : Double.toString(number);
  }

  private String lines(List<?> elements) {
    StringBuilder out = new StringBuilder("[").append(elements.isEmpty() ? "" : lineEnd);
    for (Object element : elements) {
      out.append(INDENT).append(value(element)).append(',').append(lineEnd);
    }
    return out.append(']').toString();
  }

  String entry(List<Object> key, Object value) {
    return key(key) + " = " + value(value) + lineEnd;
  }

  /** A table with its headers, or an array of tables; blank lines stand between them only. */
  String tables(List<Object> path, Object value) {
    List<String> blocks = new ArrayList<>();
    tables(path, value, blocks);
    return String.join(lineEnd, blocks);
  }

  private void tables(List<Object> path, Object value, List<String> blocks) {
    if (value instanceof List<?> elements) {
      elements.forEach(element -> table(path, (Map<?, ?>) element, true, blocks));
    } else {
      table(path, (Map<?, ?>) value, false, blocks);
    }
  }

  private void table(List<Object> path, Map<?, ?> table, boolean element, List<String> blocks) {
    StringBuilder own = new StringBuilder();
    Map<String, Object> inner = new LinkedHashMap<>();
    table.forEach(
        (key, value) -> {
          if (isTable(value)) {
            inner.put((String) key, value);
          } else {
            own.append(entry(List.of(key), value));
          }
        });
    if (element || own.length() > 0 || inner.isEmpty()) {
      String name = element ? "[[" + key(path) + "]]" : "[" + key(path) + "]";
      blocks.add(name + lineEnd + own);
    }
    inner.forEach((key, value) -> tables(TomlEditor.with(path, key), value, blocks));
  }
}
