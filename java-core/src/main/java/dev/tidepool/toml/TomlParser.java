package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a TOML 1.0 document into its statements, and the tables that they make. */
final class TomlParser {
  private static final int DEEPEST = 200;

  private final TomlCursor cursor;
  private final List<TomlStatement> statements = new ArrayList<>();
  private final TomlTable root = new TomlTable(TomlTable.Origin.HEADER);
  private TomlTable table = root;
  private List<Object> header = List.of();
  private int depth;

  TomlParser(String text, String name) {
    cursor = new TomlCursor(text, name);
  }

  TomlLayout read() {
    cursor.skip("\ufeff");
    while (true) {
      cursor.skipToNext();
      if (cursor.atEnd()) {
        return new TomlLayout(cursor.text, List.copyOf(statements), root.plain());
      }
      int start = cursor.at;
      if (cursor.here() == '[') {
        header(lineStart(start));
      } else {
        entry(lineStart(start));
      }
    }
  }

  private int lineStart(int at) {
    int start = cursor.text.lastIndexOf('\n', at - 1) + 1;
    return start == 0 && cursor.text.startsWith("\ufeff") ? 1 : start;
  }

  private void header(int start) {
    boolean element = cursor.skip("[[");
    if (!element) {
      cursor.expect("[");
    }
    List<String> key = cursor.key();
    cursor.expect(element ? "]]" : "]");
    List<Object> path = new ArrayList<>();
    table = element ? element(key, path) : table(key, path);
    header = List.copyOf(path);
    cursor.endLine();
    statements.add(
        new TomlStatement(
            element ? TomlStatement.Kind.ELEMENT : TomlStatement.Kind.TABLE,
            header,
            header.size(),
            start,
            cursor.at,
            null));
  }

  private TomlTable table(List<String> key, List<Object> path) {
    TomlTable parent = walk(key, path);
    String last = key.get(key.size() - 1);
    path.add(last);
    @Nullable Object there = parent.get(last);
    if (there == null) {
      TomlTable made = new TomlTable(TomlTable.Origin.HEADER);
      parent.put(last, made);
      return made;
    }
    if (there instanceof TomlTable known && known.origin == TomlTable.Origin.IMPLIED) {
      known.origin = TomlTable.Origin.HEADER;
      return known;
    }
    throw twice(key);
  }

  private TomlTable element(List<String> key, List<Object> path) {
    TomlTable parent = walk(key, path);
    String last = key.get(key.size() - 1);
    @Nullable Object there = parent.get(last);
    if (there == null) {
      there = new TomlTable.Elements();
      parent.put(last, there);
    }
    if (!(there instanceof TomlTable.Elements elements)) {
      throw twice(key);
    }
    TomlTable made = new TomlTable(TomlTable.Origin.HEADER);
    elements.tables.add(made);
    path.add(last);
    path.add(elements.tables.size() - 1);
    return made;
  }

  /** Goes to the table that holds the last part of a header's key. */
  private TomlTable walk(List<String> key, List<Object> path) {
    TomlTable at = root;
    for (String part : key.subList(0, key.size() - 1)) {
      path.add(part);
      @Nullable Object there = at.get(part);
      if (there == null) {
        TomlTable made = new TomlTable(TomlTable.Origin.IMPLIED);
        at.put(part, made);
        at = made;
      } else if (there instanceof TomlTable known) {
        at = known;
      } else if (there instanceof TomlTable.Elements elements) {
        path.add(elements.tables.size() - 1);
        at = elements.tables.get(elements.tables.size() - 1);
      } else {
        throw twice(key);
      }
    }
    return at;
  }

  private void entry(int start) {
    List<String> key = cursor.key();
    cursor.expect("=");
    cursor.skipBlanks();
    TomlValue value = value();
    put(table, key, value);
    cursor.endLine();
    List<Object> path = new ArrayList<>(header);
    path.addAll(key);
    statements.add(
        new TomlStatement(
            TomlStatement.Kind.ENTRY, List.copyOf(path), header.size(), start, cursor.at, value));
  }

  private void put(TomlTable into, List<String> key, TomlValue value) {
    TomlTable at = into;
    for (String part : key.subList(0, key.size() - 1)) {
      @Nullable Object there = at.get(part);
      if (there == null) {
        TomlTable made = new TomlTable(TomlTable.Origin.DOTTED);
        at.put(part, made);
        at = made;
      } else if (there instanceof TomlTable known && known.origin == TomlTable.Origin.DOTTED) {
        at = known;
      } else {
        throw twice(key);
      }
    }
    String last = key.get(key.size() - 1);
    if (at.get(last) != null) {
      throw twice(key);
    }
    at.put(last, value);
  }

  private TomlValue value() {
    if (++depth > DEEPEST) {
      throw cursor.invalid("values are nested too deeply");
    }
    int start = cursor.at;
    TomlValue value =
        switch (cursor.here()) {
          case '"', '\'' -> {
            String text = new TomlStrings(cursor).any();
            yield new TomlValue.Scalar(start, cursor.at, text);
          }
          case '[' -> array(start);
          case '{' -> inline(start);
          default -> scalar(start);
        };
    depth--;
    return value;
  }

  private TomlValue array(int start) {
    cursor.expect("[");
    List<TomlValue> items = new ArrayList<>();
    cursor.skipToNext();
    while (!cursor.skip("]")) {
      items.add(value());
      cursor.skipToNext();
      if (!cursor.skip(",") && cursor.here() != ']') {
        throw cursor.invalid("an array does not end");
      }
      cursor.skipToNext();
    }
    return new TomlValue.Array(start, cursor.at, List.copyOf(items));
  }

  private TomlValue inline(int start) {
    cursor.expect("{");
    List<TomlValue.Member> members = new ArrayList<>();
    TomlTable inner = new TomlTable(TomlTable.Origin.HEADER);
    cursor.skipBlanks();
    boolean more = !cursor.skip("}");
    while (more) {
      cursor.skipBlanks();
      int at = cursor.at;
      List<String> key = cursor.key();
      cursor.expect("=");
      cursor.skipBlanks();
      TomlValue value = value();
      put(inner, key, value);
      members.add(new TomlValue.Member(key, at, value));
      cursor.skipBlanks();
      more = cursor.skip(",");
      if (!more) {
        cursor.expect("}");
      }
    }
    Map<String, Object> plain = inner.plain();
    return new TomlValue.Inline(start, cursor.at, List.copyOf(members), plain);
  }

  private TomlValue scalar(int start) {
    skipWord();
    // A date and its time may stand apart by one space.
    boolean date = cursor.at - start == 10 && cursor.text.charAt(start + 4) == '-';
    if (date && cursor.here() == ' ' && nextIsDigit()) {
      cursor.at++;
      skipWord();
    }
    Optional<Object> value = TomlScalars.of(cursor.text.substring(start, cursor.at));
    if (value.isEmpty()) {
      throw cursor.invalid("expected a value", start);
    }
    return new TomlValue.Scalar(start, cursor.at, value.get());
  }

  private boolean nextIsDigit() {
    int next = cursor.at + 1;
    return next < cursor.text.length()
        && cursor.text.charAt(next) >= '0'
        && cursor.text.charAt(next) <= '9';
  }

  private void skipWord() {
    while (TomlCursor.isBare(cursor.here()) || "+.:".indexOf(cursor.here()) >= 0) {
      cursor.at++;
    }
  }

  private RuntimeException twice(List<String> key) {
    return cursor.invalid(String.join(".", key) + " is defined twice");
  }
}
