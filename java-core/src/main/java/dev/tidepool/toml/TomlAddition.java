package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the place for a value that is new. */
final class TomlAddition {
  private final TomlEditor editor;
  private final TomlLayout layout;

  TomlAddition(TomlEditor editor, TomlLayout layout) {
    this.editor = editor;
    this.layout = layout;
  }

  /**
   * Adds a value where there is none.
   *
   * @param before keys of tables beside it that it should come before
   */
  void add(List<Object> path, Object value, List<String> before) {
    List<Object> parent = path.subList(0, path.size() - 1);
    Object key = path.get(path.size() - 1);
    Optional<TomlStatement> dotted = layout.lastDotted(known(parent));
    if (dotted.isPresent()) {
      List<Object> relative = path.subList(dotted.get().header(), path.size());
      insertEntry(dotted.get().end(), editor.writer().entry(relative, braced(value)));
    } else if (TomlText.isTable(value)) {
      addTable(path, value, before);
    } else if (parent.isEmpty() || layout.header(parent).isPresent()) {
      addEntry(parent, editor.writer().entry(List.of(key), value));
    } else if (editor.get(parent) != null) {
      int first = layout.withComments(layout.below(parent).get(0).start());
      editor.insertHeader(first, parent, editor.writer().entry(List.of(key), value));
    } else {
      add(parent, Map.of(key, value), before);
    }
  }

  /** The nearest table around that there is. */
  private List<Object> known(List<Object> path) {
    List<Object> known = path;
    while (!known.isEmpty() && editor.get(known) == null) {
      known = known.subList(0, known.size() - 1);
    }
    return known;
  }

  /** Adds elements after the one before this index, or before the first. */
  void addElements(List<Object> path, int index, List<?> elements) {
    String text = editor.writer().tables(path, elements);
    List<TomlStatement> previous = layout.below(TomlEditor.with(path, Math.max(0, index - 1)));
    if (index == 0) {
      editor.insertBlock(layout.withComments(previous.get(0).start()), text + layout.lineEnd());
    } else {
      insertBlock(previous.get(previous.size() - 1).end(), text);
    }
  }

  /** What has no header of its own, since its table is made by dotted keys. */
  private static Object braced(Object value) {
    return value instanceof Map<?, ?> map ? Toml.inline(strings(map)) : value;
  }

  private static Map<String, ?> strings(Map<?, ?> map) {
    Map<String, Object> strings = new LinkedHashMap<>();
    map.forEach((key, value) -> strings.put((String) key, value));
    return strings;
  }

  private void addEntry(List<Object> table, String entry) {
    List<TomlStatement> body = layout.body(table);
    if (!body.isEmpty()) {
      insertEntry(body.get(body.size() - 1).end(), entry);
    } else if (!table.isEmpty()) {
      insertEntry(layout.header(table).orElseThrow().end(), entry);
    } else if (layout.statements().isEmpty()) {
      insertEntry(layout.text().length(), entry);
    } else {
      int first = layout.withComments(layout.statements().get(0).start());
      editor.insertEntry(Math.max(first, bom()), entry + layout.lineEnd());
    }
  }

  private int bom() {
    return layout.text().startsWith("\ufeff") ? 1 : 0;
  }

  private void addTable(List<Object> path, Object value, List<String> before) {
    List<Object> known = known(path.subList(0, path.size() - 1));
    String text = editor.writer().tables(path, value);
    for (String key : before) {
      List<TomlStatement> beside = layout.below(TomlEditor.with(known, key));
      if (!beside.isEmpty() && beside.get(0).isHeader()) {
        editor.insertBlock(layout.withComments(beside.get(0).start()), text + layout.lineEnd());
        return;
      }
    }
    List<TomlStatement> siblings = new ArrayList<>(layout.below(known));
    int end = siblings.isEmpty() ? layout.text().length() : siblings.get(siblings.size() - 1).end();
    insertBlock(end, text);
  }

  private void insertBlock(int at, String text) {
    boolean first = layout.text().substring(0, at).isBlank();
    boolean touches = at < layout.text().length() && layout.afterBlanks(at) == at;
    editor.insertBlock(
        at,
        newLine(at) + (first ? "" : layout.lineEnd()) + text + (touches ? layout.lineEnd() : ""));
  }

  private void insertEntry(int at, String entry) {
    editor.insertEntry(at, newLine(at) + entry);
  }

  /** The line end that the text before lacks. */
  private String newLine(int at) {
    return at > bom() && layout.text().charAt(at - 1) != '\n' ? layout.lineEnd() : "";
  }
}
