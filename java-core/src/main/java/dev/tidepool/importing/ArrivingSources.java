package dev.tidepool.importing;

import dev.tidepool.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the Python packages of packs come from that are added to an environment: without its entry
 * in {@code tool.uv.sources} a package would be taken from the public index, where anybody may have
 * its name.
 */
final class ArrivingSources {
  private static final String INDEX = "index";

  private ArrivingSources() {}

  /**
   * Adds what a bundle's project says of the packages that a pack asks for, with the indexes that
   * this names.
   *
   * @param requirements such as {@code sea>=1; python_version > "3"}
   * @param replaces whether the bundle's entry takes the place of the environment's own, of a
   *     package that {@link #differing} names; otherwise that stays
   */
  static Manifest added(
      Manifest to, Manifest theirs, List<String> requirements, Predicate<String> replaces) {
    Set<String> wanted = names(requirements);
    Manifest after = to;
    for (String name : theirs.sources()) {
      Optional<String> mine = own(to, name);
      boolean replaced = mine.filter(own -> replaces.test(Arriving.normalized(own))).isPresent();
      if (wanted.contains(Arriving.normalized(name)) && (mine.isEmpty() || replaced)) {
        List<Map<String, Object>> source = new ArrayList<>();
        for (Map<String, Object> each : theirs.source(name)) {
          Map<String, Object> place = new LinkedHashMap<>(each);
          @Nullable String url = theirs.indexes().get(String.valueOf(each.get(INDEX)));
          if (url != null) {
            String index = indexName(after, String.valueOf(each.get(INDEX)), url);
            after = after.withIndex(index, url);
            place.put(INDEX, index);
          }
          source.add(place);
        }
        after = after.withSource(mine.orElse(name), source);
      }
    }
    return after;
  }

  /**
   * The packages that a pack asks for, as package indexes compare names, which environment and
   * bundle take from different places.
   */
  static Set<String> differing(Manifest mine, Manifest theirs, List<String> requirements) {
    Set<String> wanted = names(requirements);
    Set<String> differing = new TreeSet<>();
    for (String name : theirs.sources()) {
      Optional<String> own = own(mine, name);
      if (own.isPresent()
          && wanted.contains(Arriving.normalized(name))
          && !places(mine, own.get()).equals(places(theirs, name))) {
        differing.add(Arriving.normalized(name));
      }
    }
    return differing;
  }

  /** What is said of a package, with the addresses of indexes in place of their names. */
  private static List<Map<String, Object>> places(Manifest manifest, String name) {
    List<Map<String, Object>> places = new ArrayList<>();
    for (Map<String, Object> each : manifest.source(name)) {
      Map<String, Object> place = new HashMap<>(each);
      place.computeIfPresent(INDEX, (key, index) -> manifest.indexes().getOrDefault(index, ""));
      places.add(place);
    }
    return places;
  }

  private static Optional<String> own(Manifest manifest, String name) {
    String key = Arriving.normalized(name);
    return manifest.sources().stream()
        .filter(each -> Arriving.normalized(each).equals(key))
        .findFirst();
  }

  private static Set<String> names(List<String> requirements) {
    return requirements.stream()
        .map(text -> Arriving.normalized(text.strip().split("[^A-Za-z0-9._-]", 2)[0]))
        .collect(Collectors.toSet());
  }

  /** The name for an index; another than the bundle's where that is one of another address. */
  private static String indexName(Manifest to, String wanted, String url) {
    String name = wanted;
    for (int number = 2; !to.indexes().getOrDefault(name, url).equals(url); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }
}
