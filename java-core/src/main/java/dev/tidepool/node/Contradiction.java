package dev.tidepool.node;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.node.Conflict.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Packages that contradict each other: who wants what of which package, told from the manifest's
 * dependency groups and from what uv says.
 */
final class Contradiction {
  private static final Pattern REQUIREMENT =
      Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(\\[[^\\]]*\\])?([^;]*)(;.*)?");

  private final Manifest manifest;
  private final Map<String, String> owners;
  private final TidepoolException said;

  /**
   * What uv refused.
   *
   * @param owners the pack that each dependency group belongs to
   */
  Contradiction(Manifest manifest, Map<String, String> owners, TidepoolException said) {
    this.manifest = manifest;
    this.owners = owners;
    this.said = said;
  }

  /** The packages that more than one party wants in different versions, and uv names. */
  Set<String> packages() {
    Map<String, Map<String, String>> wishes = wishes();
    Set<String> named = new TreeSet<>();
    String text = key(said.text());
    wishes.forEach(
        (name, each) -> {
          if (Set.copyOf(each.values()).size() > 1
              && Pattern.compile("(?<![a-z0-9-])" + Pattern.quote(name) + "(?![a-z0-9-])")
                  .matcher(text)
                  .find()) {
            named.add(name);
          }
        });
    return named;
  }

  /** The contradiction as something that can be got out of. */
  Conflict conflict() {
    String who =
        packages().stream()
            .map(
                name ->
                    name
                        + ": "
                        + wishes().getOrDefault(name, Map.of()).entrySet().stream()
                            .map(each -> each.getKey() + " wants " + each.getValue())
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; "));
    String message =
        who.isEmpty()
            ? said.text()
            : "The node packs need packages that contradict each other. " + who + ".";
    return new Conflict(
        "dependencies-conflict", message, who.isEmpty() ? List.of() : List.of(Way.LOOSEN));
  }

  /** The manifest with the named groups giving up their versions of the packages concerned. */
  Manifest loosened(Set<String> groups) {
    Manifest changed = manifest;
    Set<String> packages = packages();
    for (String group : groups) {
      List<String> requirements = manifest.groups().get(group);
      if (requirements != null) {
        List<String> looser = new ArrayList<>();
        for (String each : requirements) {
          Matcher matcher = REQUIREMENT.matcher(each);
          boolean concerned = matcher.matches() && packages.contains(key(matcher.group(1)));
          looser.add(
              concerned
                  ? matcher.group(1) + text(matcher.group(2)) + text(matcher.group(4))
                  : each);
        }
        changed = changed.withGroup(group, looser.stream().distinct().toList());
      }
    }
    return changed;
  }

  private Map<String, Map<String, String>> wishes() {
    Map<String, Map<String, String>> wishes = new LinkedHashMap<>();
    manifest.dependencies().forEach(each -> wish(wishes, "ComfyUI", each));
    manifest
        .groups()
        .forEach(
            (group, requirements) ->
                requirements.forEach(
                    each -> wish(wishes, owners.getOrDefault(group, group), each)));
    return wishes;
  }

  private static void wish(
      Map<String, Map<String, String>> wishes, String who, String requirement) {
    Matcher matcher = REQUIREMENT.matcher(requirement);
    if (matcher.matches() && !matcher.group(3).isBlank()) {
      wishes
          .computeIfAbsent(key(matcher.group(1)), name -> new LinkedHashMap<>())
          .merge(who, matcher.group(3).strip(), (a, b) -> a.equals(b) ? a : a + "," + b);
    }
  }

  private static String text(@org.jspecify.annotations.Nullable String part) {
    return part == null ? "" : part;
  }

  private static String key(String name) {
    return name.replaceAll("[_.]+(?=[A-Za-z])", "-").toLowerCase(Locale.ROOT);
  }
}
