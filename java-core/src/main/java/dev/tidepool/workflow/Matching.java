package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
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

  /** Pairs things with one key, in their order. */
  void match(Function<T, String> key) {
    match(key, Integer.MAX_VALUE);
  }

  /** Pairs what alone on its side has a key, with what alone on the other side has the same. */
  void matchAlone(Function<T, String> key) {
    match(key, 1);
  }

  private void match(Function<T, String> key, int most) {
    Map<String, List<T>> old = by(removed, key);
    Map<String, List<T>> now = by(added, key);
    Set<T> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Map.Entry<String, List<T>> entry : old.entrySet()) {
      List<T> ours = entry.getValue();
      List<T> theirs = now.getOrDefault(entry.getKey(), List.of());
      boolean certain = ours.size() <= most && theirs.size() <= most;
      for (int i = 0; certain && i < Math.min(ours.size(), theirs.size()); i++) {
        both.add(new Pair<>(ours.get(i), theirs.get(i)));
        done.add(ours.get(i));
        done.add(theirs.get(i));
      }
    }
    removed = removed.stream().filter(thing -> !done.contains(thing)).toList();
    added = added.stream().filter(thing -> !done.contains(thing)).toList();
  }

  /** An empty key is none. */
  private static <T> Map<String, List<T>> by(List<T> things, Function<T, String> key) {
    Map<String, List<T>> found = new LinkedHashMap<>();
    for (T thing : things) {
      String its = key.apply(thing);
      if (!its.isEmpty()) {
        found.computeIfAbsent(its, unused -> new ArrayList<>()).add(thing);
      }
    }
    return found;
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
