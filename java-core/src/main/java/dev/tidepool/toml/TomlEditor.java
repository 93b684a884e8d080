package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the places of a text that have to change, and changes them all at once. */
final class TomlEditor {
  private final TomlLayout layout;
  private final TomlText writer;
  private final TomlInlineEdit inline;
  private final List<Edit> edits = new ArrayList<>();

  TomlEditor(TomlLayout layout) {
    this.layout = layout;
    writer = new TomlText(layout.lineEnd());
    inline = new TomlInlineEdit(layout);
  }

  /** Entries of a table come before the tables that begin at the same place. */
  private enum Rank {
    ENTRY,
    BLOCK
  }

  /** In the order of the text. */
  private record Edit(int start, int end, String text, Rank rank) implements Comparable<Edit> {
    // Java makes up the comparators of Comparator anew in each process, which takes milliseconds.
    @Override
    public int compareTo(Edit other) {
      return start != other.start
          ? Integer.compare(start, other.start)
          : rank.compareTo(other.rank);
    }
  }

  static List<Object> with(List<Object> path, Object part) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(part);
    return List.copyOf(longer);
  }

  @Nullable Object get(List<Object> path) {
    Object at = layout.root();
    for (Object part : path) {
      if (part instanceof Integer index && at instanceof List<?> list) {
        at = index < list.size() ? list.get(index) : null;
      } else {
        at = at instanceof Map<?, ?> map ? map.get(part) : null;
      }
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  /** The text with all changes. */
  String text() {
    Collections.sort(edits);
    StringBuilder out = new StringBuilder(layout.text().length() + 256);
    int copied = 0;
    for (Edit edit : edits) {
      out.append(layout.text(), copied, Math.max(copied, edit.start()));
      out.append(edit.text());
      copied = Math.max(copied, edit.end());
    }
    return out.append(layout.text(), copied, layout.text().length()).toString();
  }

  /** Whether the value has to be taken away first, before it can be added in another form. */
  boolean changesForm(List<Object> path, Object value) {
    if (get(path) == null || layout.entryAround(path).isPresent()) {
      return false;
    }
    boolean elements = layout.header(with(path, 0)).isPresent();
    return elements
        ? !TomlText.isTables(value)
        : !(value instanceof Map || value instanceof Toml.Inline);
  }

  void set(List<Object> path, Object value, List<String> before) {
    @Nullable Object known = get(path);
    if (Objects.equals(known, TomlText.plain(value))) {
      return;
    }
    Optional<TomlStatement> entry = layout.entryAround(path);
    if (entry.isPresent()) {
      changeEntry(entry.get(), path, value);
    } else if (known == null) {
      requireTables(path);
      new TomlAddition(this, layout).add(path, value, before);
    } else if (changesForm(path, value)) {
      // Inside of a larger change; both places are found in the text as it was.
      remove(path);
      new TomlAddition(this, layout).add(path, value, before);
    } else if (value instanceof List<?> elements) {
      setElements(path, (List<?>) known, elements);
    } else {
      Object table = value instanceof Toml.Inline asked ? asked.table() : value;
      merge(path, (Map<?, ?>) known, (Map<?, ?>) table);
    }
  }

  private void requireTables(List<Object> path) {
    for (int i = 1; i < path.size(); i++) {
      if (get(path.subList(0, i)) instanceof List && path.get(i) instanceof String) {
        throw new IllegalArgumentException("an array of tables has no keys: " + path);
      }
    }
  }

  private void changeEntry(TomlStatement entry, List<Object> path, Object value) {
    TomlValue old = Objects.requireNonNull(entry.value());
    List<Object> rest = path.subList(entry.path().size(), path.size());
    Object changed = TomlPlain.with(old.plain(), rest, value);
    replace(old.start(), old.end(), inline.changed(old, changed));
  }

  private void merge(List<Object> path, Map<?, ?> old, Map<?, ?> value) {
    if (value.isEmpty() && layout.header(path).isEmpty()) {
      remove(path);
      new TomlAddition(this, layout).add(path, value, List.of());
      return;
    }
    for (Object key : old.keySet()) {
      if (!value.containsKey(key)) {
        remove(with(path, key));
      }
    }
    value.forEach((key, element) -> set(with(path, key), element, List.of()));
  }

  private void setElements(List<Object> path, List<?> old, List<?> value) {
    List<?> plain = (List<?>) TomlText.plain(value);
    int same = 0;
    int shorter = Math.min(old.size(), plain.size());
    while (same < shorter && old.get(same).equals(plain.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < shorter - same
        && old.get(old.size() - 1 - tail).equals(plain.get(plain.size() - 1 - tail))) {
      tail++;
    }
    int both = Math.min(old.size(), plain.size()) - tail;
    for (int i = same; i < both; i++) {
      merge(with(path, i), (Map<?, ?>) old.get(i), (Map<?, ?>) value.get(i));
    }
    for (int i = both; i < old.size() - tail; i++) {
      remove(with(path, i));
    }
    if (both < value.size() - tail) {
      new TomlAddition(this, layout)
          .addElements(path, both, value.subList(both, value.size() - tail));
    }
  }

  void remove(List<Object> path) {
    Optional<TomlStatement> entry = layout.entryAround(path);
    if (entry.isPresent() && entry.get().path().size() < path.size()) {
      TomlStatement around = entry.get();
      TomlValue old = Objects.requireNonNull(around.value());
      Object changed =
          TomlPlain.without(old.plain(), path.subList(around.path().size(), path.size()));
      replace(old.start(), old.end(), inline.changed(old, changed));
    } else if (entry.isPresent()) {
      replace(entry.get().start(), entry.get().end(), "");
    } else {
      runs(path).forEach(this::removeRun);
    }
  }

  /** The statements below the path, those together that follow one another. */
  private List<List<TomlStatement>> runs(List<Object> path) {
    List<List<TomlStatement>> runs = new ArrayList<>();
    boolean follows = false;
    for (TomlStatement statement : layout.statements()) {
      boolean below = statement.isBelow(path);
      if (below && !follows) {
        runs.add(new ArrayList<>());
      }
      if (below) {
        runs.get(runs.size() - 1).add(statement);
      }
      follows = below;
    }
    return runs;
  }

  private void removeRun(List<TomlStatement> run) {
    int start = run.get(0).start();
    int end = run.get(run.size() - 1).end();
    if (run.get(0).isHeader()) {
      start = layout.withComments(start);
      int comments = layout.afterComments(end);
      int next = layout.afterBlanks(comments);
      boolean last = next == layout.text().length();
      // Comments directly above the next header are about that.
      end = last || next > comments ? next : end;
      start = last ? layout.beforeBlanks(start) : start;
    }
    replace(start, end, "");
  }

  private void replace(int start, int end, String text) {
    edits.add(new Edit(start, end, text, Rank.ENTRY));
  }

  void insertEntry(int at, String text) {
    edits.add(new Edit(at, at, text, Rank.ENTRY));
  }

  void insertBlock(int at, String text) {
    edits.add(new Edit(at, at, text, Rank.BLOCK));
  }

  /** Entries for a table that has no header yet; those of one change get one header. */
  void insertHeader(int at, List<Object> table, String entry) {
    String header = "[" + TomlText.key(table) + "]" + layout.lineEnd();
    for (int i = 0; i < edits.size(); i++) {
      Edit edit = edits.get(i);
      if (edit.start() == at && edit.text().startsWith(header)) {
        int end = edit.text().length() - layout.lineEnd().length();
        String text = edit.text().substring(0, end) + entry + layout.lineEnd();
        edits.set(i, new Edit(at, at, text, Rank.BLOCK));
        return;
      }
    }
    insertBlock(at, header + entry + layout.lineEnd());
  }

  TomlText writer() {
    return writer;
  }
}
