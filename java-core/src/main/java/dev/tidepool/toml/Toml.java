package dev.tidepool.toml;

import java.util.List;
import java.util.Map;

/**
 * Says how a new value is laid out. Without it a map becomes a table with a header of its own, a
 * list of maps an array of such tables, and any other list stands on one line.
 */
public final class Toml {
  private Toml() {}

  /** A table between braces, on one line: <code>{filename = "a", size = 1}</code>. */
  public static Object inline(Map<String, ?> table) {
    return new Inline(table);
  }

  /** An array with one line for each element. */
  public static Object lines(List<?> elements) {
    return new Lines(elements);
  }

  record Inline(Map<String, ?> table) {}

  record Lines(List<?> elements) {}
}
