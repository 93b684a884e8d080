package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A random document: what it says, and a text that says it in one of many ways. */
final class RandomToml {
  private static final List<String> KEYS =
      List.of("a", "b", "c-d", "E_1", "1", "x y", "ä.ö", "", "quo\"te", "tool");

  private final Random random;
  private final String lineEnd;
  private final Map<String, Object> model;
  private final StringBuilder text = new StringBuilder();
  private int comments;

  RandomToml(Random random) {
    this.random = random;
    lineEnd = random.nextInt(4) == 0 ? "\r\n" : "\n";
    model = table(3, 4);
    text.append(random.nextInt(8) == 0 ? "\ufeff" : "");
    write(List.of(), model, random.nextInt(6) == 0);
    if (random.nextInt(3) == 0 && text.toString().endsWith(lineEnd)) {
      text.setLength(text.length() - lineEnd.length());
    }
  }

  String text() {
    return text.toString();
  }

  Map<String, Object> model() {
    return model;
  }

  /** A path that is there, or one that is not. */
  List<String> somePath(Map<String, Object> in) {
    List<String> path = new ArrayList<>();
    Object at = in;
    do {
      boolean known = at instanceof Map<?, ?> map && !map.isEmpty() && random.nextInt(5) > 0;
      String key = known ? pick(new ArrayList<>(((Map<?, ?>) at).keySet())).toString() : key();
      path.add(key);
      Object inner = at instanceof Map<?, ?> map ? map.get(key) : null;
      at = inner == null ? Map.of() : inner;
    } while (at instanceof Map && path.size() < 5 && random.nextInt(3) > 0);
    return path;
  }

  Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 5)) {
      case 0 -> (long) random.nextInt(1000);
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(100) / 4.0;
      case 3, 4 ->
          pick(List.of("", "plain", "tab\t\"quoted\" \\ back", "zwei\nZeilen", "ü😀", "# no"));
      case 5 -> list(depth - 1);
      case 6 -> tables(depth - 1);
      default -> table(depth - 1, 3);
    };
  }

  /** The value in one of the forms that a caller may ask for. */
  Object laidOut(Object value) {
    if (value instanceof Map<?, ?> map && random.nextInt(3) == 0) {
      Map<String, Object> table = new LinkedHashMap<>();
      map.forEach((key, element) -> table.put((String) key, element));
      return Toml.inline(table);
    }
    return value instanceof List<?> list && random.nextInt(3) == 0 ? Toml.lines(list) : value;
  }

  private Map<String, Object> table(int depth, int most) {
    Map<String, Object> table = new LinkedHashMap<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      table.put(key(), value(depth));
    }
    return table;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(depth > 0 ? 1 : 0));
    }
    return list;
  }

  private List<Object> tables(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      list.add(table(depth, 3));
    }
    return list;
  }

  private String key() {
    return pick(KEYS);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Writes the entries of a table, and then its tables with headers, in any order. */
  private void write(List<Object> path, Map<String, Object> table, boolean shuffled) {
    List<String> keys = new ArrayList<>(table.keySet());
    if (shuffled) {
      Collections.shuffle(keys, random);
    }
    List<String> later = new ArrayList<>();
    for (String key : keys) {
      Object value = Objects.requireNonNull(table.get(key));
      boolean header = TomlText.isTable(value) && random.nextInt(4) > 0;
      if (header) {
        later.add(key);
      } else {
        entry(List.of(key), value);
      }
    }
    for (String key : later) {
      tables(TomlEditor.with(path, key), Objects.requireNonNull(table.get(key)), shuffled);
    }
  }

  private void entry(List<Object> key, Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty() && random.nextInt(3) == 0) {
      map.forEach((inner, element) -> entry(TomlEditor.with(key, inner), element));
      return;
    }
    noise();
    text.append(random.nextInt(5) == 0 ? "  " : "").append(TomlText.key(key));
    text.append(random.nextInt(4) == 0 ? "=" : " = ").append(written(value));
    text.append(random.nextInt(5) == 0 ? "  # same line" : "").append(lineEnd);
  }

  private String written(Object value) {
    boolean lines = value instanceof List && random.nextInt(3) == 0;
    return new TomlText(lineEnd).value(lines ? Toml.lines((List<?>) value) : value);
  }

  private void tables(List<Object> path, Object value, boolean shuffled) {
    if (value instanceof List<?> elements) {
      for (Object element : elements) {
        header("[[" + TomlText.key(path) + "]]");
        write(path, plain(element), shuffled);
      }
      return;
    }
    Map<String, Object> table = plain(value);
    boolean implied =
        !table.isEmpty()
            && table.values().stream().allMatch(TomlText::isTable)
            && random.nextBoolean();
    if (implied) {
      table.forEach((key, inner) -> tables(TomlEditor.with(path, key), inner, shuffled));
    } else {
      header("[ " + TomlText.key(path) + " ]");
      write(path, table, shuffled);
    }
  }

  private static Map<String, Object> plain(Object table) {
    Map<String, Object> plain = new LinkedHashMap<>();
    ((Map<?, ?>) table).forEach((key, value) -> plain.put((String) key, value));
    return plain;
  }

  private void header(String header) {
    noise();
    text.append(header).append(lineEnd);
  }

  private void noise() {
    text.append(random.nextInt(4) == 0 ? lineEnd : "");
    text.append(random.nextInt(5) == 0 ? "# comment " + comments++ + lineEnd : "");
  }
}
