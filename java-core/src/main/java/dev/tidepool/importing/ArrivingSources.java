package dev.tidepool.importing;

import dev.tidepool.manifest.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the Python packages of packs come from that are added to an environment: without its entry
 * in {@code tool.uv.sources} a package would be taken from the public index, where anybody may have
 * its name.
 */
final class ArrivingSources {
  private ArrivingSources() {}

  /**
   * Adds what a bundle's project says of the packages that a pack asks for, with the indexes that
   * this names. What the environment says itself stays.
   *
   * @param requirements such as {@code sea>=1; python_version > "3"}
   */
  static Manifest added(Manifest to, Manifest theirs, List<String> requirements) {
    Set<String> wanted =
        requirements.stream()
            .map(text -> Arriving.normalized(text.strip().split("[^A-Za-z0-9._-]", 2)[0]))
            .collect(Collectors.toSet());
    to.sources().forEach(name -> wanted.remove(Arriving.normalized(name)));
    Manifest after = to;
    for (String name : theirs.sources()) {
      if (wanted.contains(Arriving.normalized(name))) {
        after = after.withSource(name, theirs.source(name));
        for (Map<String, Object> each : theirs.source(name)) {
          if (each.get("index") instanceof String index) {
            after = withIndex(after, theirs, index);
          }
        }
      }
    }
    return after;
  }

  private static Manifest withIndex(Manifest to, Manifest theirs, String index) {
    @Nullable String url = theirs.indexes().get(index);
    return url == null || to.indexes().containsKey(index) ? to : to.withIndex(index, url);
  }
}
