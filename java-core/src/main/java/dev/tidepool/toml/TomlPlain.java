package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of plain values with one thing changed deep inside. */
final class TomlPlain {
  private TomlPlain() {}

  static Object with(Object old, List<Object> path, Object value) {
    if (path.isEmpty()) {
      return value;
    }
    List<Object> rest = path.subList(1, path.size());
    if (old instanceof List<?> list && path.get(0) instanceof Integer index) {
      List<Object> changed = new ArrayList<>(list);
      changed.set(index, with(list.get(index), rest, value));
      return changed;
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    if (old instanceof Map<?, ?> map) {
      map.forEach((key, element) -> changed.put((String) key, element));
    }
    String key = (String) path.get(0);
    changed.put(key, with(changed.getOrDefault(key, Map.of()), rest, value));
    return changed;
  }

  static Object without(Object old, List<Object> path) {
    @Nullable Object inner = old instanceof Map<?, ?> map ? map.get(path.get(0)) : null;
    if (inner == null) {
      return old;
    }
    List<Object> rest = path.subList(1, path.size());
    Map<String, Object> changed = new LinkedHashMap<>();
    ((Map<?, ?>) old).forEach((key, element) -> changed.put((String) key, element));
    if (rest.isEmpty()) {
      changed.remove(path.get(0));
    } else {
      changed.put((String) path.get(0), without(inner, rest));
    }
    return changed;
  }
}
