package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value of a JSON document, and where it stands in the document's bytes. Two values are equal
 * only if they are the same place of the same reading. Immutable once read; thread-safe.
 */
public final class JsonValue {
  /** The kinds of values of RFC 8259. */
  public enum Kind {
    OBJECT,
    LIST,
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  private final Kind kind;
  private final int start;
  private int end;
  private final String text;
  private final List<String> names;
  private final List<JsonValue> values;

  private JsonValue(Kind kind, int start, int end, String text) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.text = text;
    this.names = kind == Kind.OBJECT ? new ArrayList<>(4) : List.of();
    this.values = kind == Kind.OBJECT || kind == Kind.LIST ? new ArrayList<>(4) : List.of();
  }

  static JsonValue scalar(Kind kind, int start, int end, String text) {
    return new JsonValue(kind, start, end, text);
  }

  /** A text that stands in no document. */
  static JsonValue ofText(String text) {
    return new JsonValue(Kind.TEXT, 0, 0, text);
  }

  static JsonValue container(Kind kind, int start) {
    return new JsonValue(kind, start, start, "");
  }

  void add(@Nullable String name, JsonValue value) {
    if (name != null) {
      names.add(name);
    }
    values.add(value);
  }

  void endsAt(int position) {
    end = position;
  }

  /** What kind of value this is. */
  public Kind kind() {
    return kind;
  }

  /** The offset of the value's first byte in the document. */
  public int start() {
    return start;
  }

  /** The offset behind the value's last byte. */
  public int end() {
    return end;
  }

  /** Whether this is the value {@code true}. */
  public boolean isTrue() {
    return kind == Kind.BOOLEAN && text.equals("true");
  }

  /** The text of a string, or of a number as it is spelled; nothing for other kinds. */
  public Optional<String> text() {
    return kind == Kind.TEXT || kind == Kind.NUMBER ? Optional.of(text) : Optional.empty();
  }

  /** Whether this is a string. */
  public boolean isText() {
    return kind == Kind.TEXT;
  }

  /** Whether this is an object. */
  public boolean isObject() {
    return kind == Kind.OBJECT;
  }

  /** Whether this is a list. */
  public boolean isList() {
    return kind == Kind.LIST;
  }

  /** Whether this is {@code null}. */
  public boolean isNull() {
    return kind == Kind.NULL;
  }

  /** The value of an object's field; of several with that name the last, as in JavaScript. */
  public Optional<JsonValue> field(String name) {
    int position = names.lastIndexOf(name);
    return position < 0 ? Optional.empty() : Optional.of(values.get(position));
  }

  /** The string or number in an object's field; empty when there is none. */
  public String text(String name) {
    return field(name).flatMap(JsonValue::text).orElse("");
  }

  /** The elements of a list in an object's field; none when there is no such list. */
  public List<JsonValue> list(String name) {
    return field(name).map(JsonValue::items).orElse(List.of());
  }

  /** The elements of a list; none for other kinds. */
  public List<JsonValue> items() {
    return kind == Kind.LIST ? Collections.unmodifiableList(values) : List.of();
  }

  /** The names of an object's fields in the document's order; one that stands twice comes twice. */
  public List<String> names() {
    return Collections.unmodifiableList(names);
  }

  /** The values of an object's fields, in the order of {@link #names}. */
  public List<JsonValue> values() {
    return kind == Kind.OBJECT ? Collections.unmodifiableList(values) : List.of();
  }

  /** The fields of an object; of several with one name the last, in the place of the first. */
  public Map<String, JsonValue> fields() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      fields.put(names.get(i), values.get(i));
    }
    return fields;
  }

  @Override
  public String toString() {
    return kind + "@" + start + (text.isEmpty() ? "" : " " + text);
  }
}
