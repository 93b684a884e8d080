package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a value anew with as much as possible of how it stood: spelling, lines, comments. */
final class TomlInlineEdit {
  private final String text;
  private final TomlText writer;
  private final String lineEnd;

  TomlInlineEdit(TomlLayout layout) {
    text = layout.text();
    lineEnd = layout.lineEnd();
    writer = new TomlText(lineEnd);
  }

  String changed(TomlValue old, Object value) {
    if (Objects.equals(old.plain(), TomlText.plain(value))) {
      return slice(old);
    }
    if (old instanceof TomlValue.Inline inline && !inline.hasDottedKeys()) {
      Object table = value instanceof Toml.Inline asked ? asked.table() : value;
      return table instanceof Map<?, ?> map ? table(inline, map) : writer.value(value);
    }
    boolean several = slice(old).contains("\n");
    if (old instanceof TomlValue.Array array && several && value instanceof Toml.Lines asked) {
      return lines(array, asked.elements());
    }
    if (old instanceof TomlValue.Array array && value instanceof List<?> list) {
      return several ? lines(array, list) : row(array, list);
    }
    return writer.value(value);
  }

  private String slice(TomlValue value) {
    return text.substring(value.start(), value.end());
  }

  private String table(TomlValue.Inline old, Map<?, ?> map) {
    Map<String, TomlValue.Member> members = old.byKey();
    boolean spaced = text.startsWith("{ ", old.start());
    return map.entrySet().stream()
        .map(entry -> member(members, (String) entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", ", spaced ? "{ " : "{", spaced ? " }" : "}"));
  }

  private String member(Map<String, TomlValue.Member> members, String key, Object value) {
    TomlValue.Member known = members.get(key);
    return known == null
        ? TomlText.key(key) + " = " + writer.value(value)
        : text.substring(known.start(), known.value().start()) + changed(known.value(), value);
  }

  private String row(TomlValue.Array old, List<?> list) {
    boolean spaced = text.startsWith("[ ", old.start());
    Items items = new Items(old);
    return list.stream()
        .map(value -> items.take(value).map(this::slice).orElseGet(() -> writer.value(value)))
        .collect(Collectors.joining(", ", spaced ? "[ " : "[", spaced ? " ]" : "]"));
  }

  /** Keeps each element's lines: the comments above it, and the one behind it. */
  private String lines(TomlValue.Array old, List<?> list) {
    Items items = new Items(old);
    StringBuilder out = new StringBuilder("[");
    for (Object value : list) {
      Optional<TomlValue> known = items.take(value);
      if (known.isPresent()) {
        int index = items.indexOf(known.get());
        out.append(text, items.start(index), known.get().end());
        out.append(',').append(items.behind(index));
      } else {
        out.append(lineEnd).append(items.indent()).append(writer.value(value)).append(',');
      }
    }
    return out.append(items.rest()).toString();
  }

  /** The elements of an array on several lines, each with what belongs to it. */
  private final class Items {
    private final TomlValue.Array array;
    private final boolean[] taken;

    Items(TomlValue.Array array) {
      this.array = array;
      taken = new boolean[array.items().size()];
      Arrays.fill(taken, false);
    }

    Optional<TomlValue> take(Object value) {
      Object plain = TomlText.plain(value);
      for (int i = 0; i < taken.length; i++) {
        if (!taken[i] && array.items().get(i).plain().equals(plain)) {
          taken[i] = true;
          return Optional.of(array.items().get(i));
        }
      }
      return Optional.empty();
    }

    int indexOf(TomlValue item) {
      List<TomlValue> same = new ArrayList<>(array.items());
      for (int i = 0; i < same.size(); i++) {
        if (same.get(i).start() == item.start()) {
          return i;
        }
      }
      throw new IllegalArgumentException("not an element: " + item);
    }

    /** Where the part of the text begins that belongs to the element. */
    int start(int index) {
      return index == 0 ? array.start() + 1 : end(index - 1);
    }

    /** Where that part ends: behind the comma and the comment on its line. */
    int end(int index) {
      TomlCursor cursor = new TomlCursor(text, "");
      cursor.at = array.items().get(index).end();
      int item = cursor.at;
      cursor.skipToNext();
      boolean comma = cursor.skip(",");
      if (!comma) {
        cursor.at = item;
      }
      cursor.skipBlanks();
      if (cursor.here() == '#') {
        int line = text.indexOf('\n', cursor.at);
        return text.charAt(line - 1) == '\r' ? line - 1 : line;
      }
      return cursor.at;
    }

    /** What stands between the element and the end of its part, without the comma. */
    String behind(int index) {
      int item = array.items().get(index).end();
      String part = text.substring(item, end(index));
      int comma = commaIn(item, end(index));
      return comma < 0 ? part : part.substring(0, comma) + part.substring(comma + 1);
    }

    private int commaIn(int start, int end) {
      TomlCursor cursor = new TomlCursor(text, "");
      cursor.at = start;
      cursor.skipToNext();
      return cursor.here() == ',' && cursor.at < end ? cursor.at - start : -1;
    }

    String indent() {
      if (array.items().isEmpty()) {
        return "    ";
      }
      int first = array.items().get(array.items().size() - 1).start();
      int line = text.lastIndexOf('\n', first) + 1;
      String before = text.substring(line, first);
      return before.isBlank() && line > array.start() ? before : "    ";
    }

    String rest() {
      int last = array.items().isEmpty() ? array.start() + 1 : end(array.items().size() - 1);
      return text.substring(last, array.end());
    }
  }
}
