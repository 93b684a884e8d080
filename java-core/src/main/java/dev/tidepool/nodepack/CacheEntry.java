package dev.tidepool.nodepack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.JsonTree;
import java.util.Optional;

/** One entry of ComfyDock's list of packs; it reads only entries with exactly these fields. */
final class CacheEntry {
  private CacheEntry() {}

  static ObjectNode of(FoundPack pack, String hash, long bytes, String now) {
    String key = pack.cacheKey();
    ObjectNode entry = JsonTree.object();
    entry.put("cache_key", key);
    entry.put("name", pack.folder());
    entry.put("install_method", pack.origin().word());
    entry.put("url", pack.download().or(pack::repository).orElse(""));
    put(entry, "ref", pack.version());
    entry.put("cached_at", now);
    entry.put("last_accessed", now);
    entry.put("access_count", 1);
    entry.put("size_bytes", bytes);
    entry.put("content_hash", hash);
    ObjectNode source = JsonTree.object();
    source.put("cache_key", key);
    source.put("cached_at", now);
    source.put("size_bytes", bytes);
    source.put("content_hash", hash);
    source.put("archive", hash + ".tar.gz");
    source.set("node_spec", spec(pack));
    source.put("has_archive", false);
    entry.set("source_info", source);
    return entry;
  }

  /** The state of a pack that an entry is about; nothing when it cannot be told. */
  static Optional<FoundPack> pack(JsonNode entry) {
    JsonNode spec = entry.path("source_info").path("node_spec");
    Optional<String> folder = text(spec, "name").filter(PackNames::isFolder);
    Optional<String> origin = text(spec, "source");
    if (folder.isEmpty() || origin.isEmpty()) {
      return Optional.empty();
    }
    for (FoundPack.Origin known : FoundPack.Origin.values()) {
      if (known.word().equals(origin.get())) {
        return Optional.of(
            new FoundPack(
                folder.get(),
                known,
                text(spec, "registry_id"),
                text(spec, "repository"),
                text(spec, "version"),
                text(spec, "download_url"),
                Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private static ObjectNode spec(FoundPack pack) {
    ObjectNode spec = JsonTree.object();
    spec.put("name", pack.folder());
    put(spec, "registry_id", pack.registryId());
    put(spec, "repository", pack.repository());
    put(spec, "version", pack.version());
    put(spec, "download_url", pack.download());
    spec.put("source", pack.origin().word());
    spec.putNull("dependency_sources");
    return spec;
  }

  private static void put(ObjectNode node, String field, Optional<String> value) {
    value.ifPresentOrElse(text -> node.put(field, text), () -> node.putNull(field));
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.path(field).isTextual()
        ? Optional.of(node.path(field).textValue())
        : Optional.empty();
  }
}
