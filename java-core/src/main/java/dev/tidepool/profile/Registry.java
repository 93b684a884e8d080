package dev.tidepool.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The content of {@code profiles.json} in memory, with whatever else stands in it. Not thread-safe.
 */
final class Registry {
  private final ObjectNode tree;
  private final Map<String, ObjectNode> entries = new LinkedHashMap<>();

  Registry(ObjectNode tree) {
    this.tree = tree;
    for (JsonNode entry : tree.path("profiles")) {
      entries.putIfAbsent(entry.path("id").asText(), (ObjectNode) entry);
    }
  }

  ObjectNode tree() {
    ArrayNode list = tree.putArray("profiles");
    entries.values().forEach(list::add);
    return tree;
  }

  List<Profile> profiles() {
    List<Profile> profiles = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> profiles.add(profile(entry)));
    return List.copyOf(profiles);
  }

  boolean has(String id) {
    return entries.containsKey(id);
  }

  Optional<ObjectNode> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** The keys of the names that are taken, but for the profile's own. */
  Set<String> takenKeys(String butFor) {
    Set<String> keys = new HashSet<>();
    entries.forEach(
        (id, entry) -> {
          if (!id.equals(butFor)) {
            keys.add(Texts.key(entry.path("name").asText()));
          }
        });
    return keys;
  }

  void add(ObjectNode entry) {
    entries.put(entry.path("id").asText(), entry);
  }

  void remove(String id) {
    entries.remove(id);
  }

  static Profile profile(ObjectNode entry) {
    return new Profile(
        entry.path("id").asText(), entry.path("name").asText(), entry.path("created").asLong());
  }
}
