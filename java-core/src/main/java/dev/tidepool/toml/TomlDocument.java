package dev.tidepool.toml;

import dev.tidepool.error.TidepoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A TOML 1.0 document: its text, and what it says. Immutable; a change makes a new document, in
 * which every byte that the change does not concern is as before: comments, order, spacing, line
 * ends, a byte order mark.
 *
 * <pre>{@code
 * TomlDocument before = TomlDocument.parse("a = 1 # one\n", "example.toml");
 * before.with(List.of("a"), 2).text();  // "a = 2 # one\n"
 * }</pre>
 *
 * <p>Values are plain Java: {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code
 * List} and {@code Map} in the document's order. A date is the {@code String} that stands there.
 */
public final class TomlDocument {
  private final String name;
  private final TomlLayout layout;

  private TomlDocument(String name, TomlLayout layout) {
    this.name = name;
    this.layout = layout;
  }

  /**
   * Reads a document.
   *
   * @param name what errors call it
   * @throws TidepoolException {@code toml-invalid}, with the line
   */
  public static TomlDocument parse(String text, String name) {
    try {
      return new TomlDocument(name, new TomlParser(text, name).read());
    } catch (TidepoolException e) {
      throw SecondOpinion.on(text, name, e);
    }
  }

  /** The whole text. */
  public String text() {
    return layout.text();
  }

  /** The value there; null when there is none. Without a path, the whole document. */
  public @Nullable Object get(String... path) {
    return new TomlEditor(layout).get(List.of((Object[]) path));
  }

  /** The keys of the table there, in the document's order; empty when there is no table. */
  public List<String> keys(String... path) {
    List<String> keys = new ArrayList<>();
    if (get(path) instanceof Map<?, ?> table) {
      table.keySet().forEach(key -> keys.add((String) key));
    }
    return List.copyOf(keys);
  }

  /**
   * Changes a value, or adds it. Of a table or an array that is there already, what stays the same
   * keeps its place and its text; a new table comes after its siblings.
   *
   * @param value plain Java, also {@code Integer}; {@link Toml} says how a new one is laid out
   * @param before keys of tables beside a new one that it comes before
   */
  public TomlDocument with(List<String> path, Object value, String... before) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("the path is empty");
    }
    List<Object> place = List.copyOf(path);
    TomlEditor editor = new TomlEditor(layout);
    if (editor.changesForm(place, value)) {
      return without(path).with(path, value, before);
    }
    editor.set(place, value, List.of(before));
    return changed(editor);
  }

  /**
   * Takes a value away with the comments that belong to it: those on its line, and of a table those
   * directly above its header and between its lines. Tables that are there only through it go too.
   */
  public TomlDocument without(List<String> path) {
    TomlEditor editor = new TomlEditor(layout);
    editor.remove(List.copyOf(path));
    return changed(editor);
  }

  private TomlDocument changed(TomlEditor editor) {
    String text = editor.text();
    return text.equals(layout.text()) ? this : parse(text, name);
  }
}
