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
    Optional<TomlStatement> dotted = layout.lastDotted(parent);
    if (dotted.isPresent()) {
      List<Object> relative = path.subList(dotted.get().header(), path.size());
      String entry = editor.writer().entry(relative, braced(value));
      insert(dotted.get().end(), entry);
    } else if (TomlText.isTable(value)) {
      addTable(path, value, before);
    } else if (parent.isEmpty() || layout.header(parent).isPresent()) {
      addEntry(parent, editor.writer().entry(List.of(key), value));
    } else if (editor.get(parent) != null) {
      int first = layout.withComments(layout.below(parent).get(0).start());
      String block = editor.writer().tables(parent, Map.of(key, value));
      insert(first, block + layout.lineEnd());
    } else {
      add(parent, Map.of(key, value), before);
    }
  }

  /** Adds elements after the one before this index, or before the first. */
  void addElements(List<Object> path, int index, List<?> elements) {
    String text = editor.writer().tables(path, elements);
    List<TomlStatement> previous = layout.below(TomlEditor.with(path, Math.max(0, index - 1)));
    if (index == 0) {
      insert(layout.withComments(previous.get(0).start()), text + layout.lineEnd());
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
      insert(body.get(body.size() - 1).end(), entry);
    } else if (!table.isEmpty()) {
      insert(layout.header(table).orElseThrow().end(), entry);
    } else {
      int first =
          layout.statements().isEmpty()
              ? layout.text().length()
              : layout.withComments(layout.statements().get(0).start());
      insert(
          Math.max(first, bom()), entry + (layout.statements().isEmpty() ? "" : layout.lineEnd()));
    }
  }

  private int bom() {
    return layout.text().startsWith("\ufeff") ? 1 : 0;
  }

  private void addTable(List<Object> path, Object value, List<String> before) {
    List<Object> known = path.subList(0, path.size() - 1);
    while (!known.isEmpty() && editor.get(known) == null) {
      known = known.subList(0, known.size() - 1);
    }
    String text = editor.writer().tables(path, value);
    for (String key : before) {
      List<TomlStatement> beside = layout.below(TomlEditor.with(known, key));
      if (!beside.isEmpty() && beside.get(0).isHeader()) {
        insert(layout.withComments(beside.get(0).start()), text + layout.lineEnd());
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
    insert(at, (first ? "" : layout.lineEnd()) + text + (touches ? layout.lineEnd() : ""));
  }

  private void insert(int at, String text) {
    String before = layout.text().substring(0, at);
    boolean open = at > bom() && !before.endsWith("\n");
    editor.replace(at, at, (open ? layout.lineEnd() : "") + text);
  }
}
