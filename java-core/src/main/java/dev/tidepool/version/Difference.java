package dev.tidepool.version;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One thing that differs between two versions: a node pack, a Python package, a model, a setting.
 *
 * @param before what it was, such as its version; empty when it is new
 * @param after what it is; empty when it is gone
 */
public record Difference(String name, Optional<String> before, Optional<String> after) {
  /** What differs between two lists of things, by name. */
  static List<Difference> between(Map<String, String> before, Map<String, String> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      Optional<String> old = Optional.ofNullable(before.get(name));
      Optional<String> now = Optional.ofNullable(after.get(name));
      if (!old.equals(now)) {
        differences.add(new Difference(name, old, now));
      }
    }
    return Collections.unmodifiableList(differences);
  }
}
