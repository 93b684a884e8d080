package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Finds for each of some things the one of others that is the same, by one key after the other. */
final class Matching<T> {
  private final List<Pair<T>> both = new ArrayList<>();
  private List<T> removed;
  private List<T> added;

  /** One thing before and after. */
  record Pair<T>(T before, T after) {}

  Matching(List<T> before, List<T> after) {
    removed = before;
    added = after;
  }

  /** Pairs what alone on its side has a key, with what alone on the other side has the same. */
  void match(Function<T, String> key) {
    Map<String, T> old = alone(removed, key);
    Map<String, T> now = alone(added, key);
    Set<T> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (T thing : removed) {
      String its = key.apply(thing);
      T other = now.get(its);
      if (other != null && old.containsKey(its)) {
        both.add(new Pair<>(thing, other));
        done.add(thing);
        done.add(other);
      }
    }
    removed = removed.stream().filter(thing -> !done.contains(thing)).toList();
    added = added.stream().filter(thing -> !done.contains(thing)).toList();
  }

  private static <T> Map<String, T> alone(List<T> things, Function<T, String> key) {
    Map<String, T> first = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (T thing : things) {
      first.putIfAbsent(key.apply(thing), thing);
      counts.merge(key.apply(thing), 1, Integer::sum);
    }
    first.keySet().removeIf(its -> its.isEmpty() || counts.getOrDefault(its, 0) > 1);
    return first;
  }

  List<Pair<T>> both() {
    return both;
  }

  List<T> removed() {
    return removed;
  }

  List<T> added() {
    return added;
  }
}
