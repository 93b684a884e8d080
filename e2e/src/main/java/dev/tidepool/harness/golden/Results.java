package dev.tidepool.harness.golden;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What came of a workflow: the golden, or what a run found.
 *
 * @param executed ids of the nodes that ran
 * @param cached ids of the nodes that a second, equal run took from the cache; empty after a
 *     failure, for then there is no second run
 * @param outputs by node and by the name that the node gives them, such as {@code images}
 * @param failures what ComfyUI refused or what failed
 */
public record Results(
    NavigableSet<String> executed,
    NavigableSet<String> cached,
    NavigableMap<String, NavigableMap<String, List<Output>>> outputs,
    List<Failure> failures) {
  /** Copies and sorts. */
  public Results {
    executed = sorted(executed);
    cached = sorted(cached);
    NavigableMap<String, NavigableMap<String, List<Output>>> copy = nodes();
    outputs.forEach((node, byName) -> copy.put(node, new TreeMap<>(byName)));
    outputs = Collections.unmodifiableNavigableMap(copy);
    failures = List.copyOf(failures);
  }

  static NavigableSet<String> sorted(Collection<String> ids) {
    NavigableSet<String> copy = new TreeSet<>(NodeOrder.INSTANCE);
    copy.addAll(ids);
    return Collections.unmodifiableNavigableSet(copy);
  }

  static NavigableMap<String, NavigableMap<String, List<Output>>> nodes() {
    return new TreeMap<>(NodeOrder.INSTANCE);
  }

  /** How many things the nodes put out. */
  public int outputCount() {
    return outputs.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .mapToInt(List::size)
        .sum();
  }
}
