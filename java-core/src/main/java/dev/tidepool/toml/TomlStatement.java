package dev.tidepool.toml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line or several that say one thing: {@code [table]}, {@code [[table]]} or {@code key = value}.
 *
 * @param path whose value it is, from the document's root; numbers count elements of arrays of
 *     tables
 * @param header how many parts of the path the header above gave; all of them for a header
 * @param start where its first line begins
 * @param end after its last line's end
 * @param value null for a header
 */
record TomlStatement(
    Kind kind, List<Object> path, int header, int start, int end, @Nullable TomlValue value) {
  enum Kind {
    TABLE,
    ELEMENT,
    ENTRY
  }

  boolean isHeader() {
    return kind != Kind.ENTRY;
  }

  boolean isBelow(List<Object> above) {
    return path.size() >= above.size() && path.subList(0, above.size()).equals(above);
  }
}
