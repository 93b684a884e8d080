package dev.tidepool.manifest;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of the manifest, with the place it has there for errors. */
record Fields(String place, Map<String, Object> table) {
  static Fields of(String place, @Nullable Object value) {
    if (value == null) {
      return new Fields(place, Map.of());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(place, "a table");
    }
    Map<String, Object> table = new LinkedHashMap<>();
    map.forEach((key, element) -> table.put((String) key, element));
    return new Fields(place, table);
  }

  Fields in(String key) {
    return of(place + "." + key, table.get(key));
  }

  Optional<String> text(String key) {
    @Nullable Object value = table.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    if (value instanceof Number number) {
      return Optional.of(number.toString());
    }
    throw wrong(place + "." + key, "a string");
  }

  long number(String key) {
    @Nullable Object value = table.get(key);
    if (value == null) {
      return 0;
    }
    if (value instanceof Long number) {
      return number;
    }
    throw wrong(place + "." + key, "a number");
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object element : list(key)) {
      if (element instanceof String text) {
        texts.add(text);
      } else if (!(element instanceof Map)) {
        // A table in a dependency group includes another group; that is uv's affair.
        throw wrong(place + "." + key, "a list of strings");
      }
    }
    return List.copyOf(texts);
  }

  List<Fields> tables(String key) {
    List<Fields> tables = new ArrayList<>();
    for (Object element : list(key)) {
      tables.add(of(place + "." + key, element));
    }
    return List.copyOf(tables);
  }

  private List<?> list(String key) {
    @Nullable Object value = table.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(place + "." + key, "a list");
  }

  private static TidepoolException wrong(String place, String wanted) {
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "manifest-invalid",
        "In pyproject.toml, " + place + " is not " + wanted + ".",
        "Mend the file, or take it back from an earlier version.");
  }
}
