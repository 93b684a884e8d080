package dev.tidepool.nodepack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The list of the packs that are kept, as ComfyDock writes it:
 *
 * <pre>
 * {"version":"1.0","updated_at":"2026-01-05T10:00:00+00:00","nodes":{
 *   "65d2…":{"cache_key":"65d2…","name":"…","install_method":"registry","url":"…","ref":"1.0.0",
 *            "cached_at":"…","last_accessed":"…","access_count":1,"size_bytes":123,
 *            "content_hash":"…","source_info":{"node_spec":{…},"archive":"….tar.gz",…}}}}
 * </pre>
 *
 * Entries of others, and fields that are not known here, stay. A file that is no such list is set
 * aside, and made anew from what lies beside the archives. Changed under the cache's lock only.
 */
final class CacheIndex {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

  private final Path file;
  private final Path store;
  private final Clock clock;

  CacheIndex(Path folder, Clock clock) {
    this.file = folder.resolve("index.json");
    this.store = folder.resolve("store");
    this.clock = clock;
  }

  /** The entry with a key; read without the lock, since the file is only ever replaced whole. */
  Optional<JsonNode> entry(String key) throws IOException {
    return nodes().map(nodes -> nodes.path(key)).filter(JsonNode::isObject);
  }

  /** All entries, or nothing when there is no readable list. */
  Optional<JsonNode> nodes() throws IOException {
    try {
      JsonNode tree = JsonTree.read(Files.readAllBytes(file));
      JsonNode nodes = tree.path("nodes");
      return nodes.isObject() ? Optional.of(nodes) : Optional.empty();
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Adds or replaces an entry. */
  void put(String key, ObjectNode entry) throws IOException {
    ObjectNode tree = tree();
    tree.put("version", "1.0");
    tree.put("updated_at", now());
    ((ObjectNode) tree.get("nodes")).set(key, entry);
    AtomicFiles.write(file, JsonTree.write(tree));
  }

  /** Takes an entry out. */
  void remove(String key) throws IOException {
    ObjectNode tree = tree();
    if (((ObjectNode) tree.get("nodes")).remove(key) != null) {
      tree.put("updated_at", now());
      AtomicFiles.write(file, JsonTree.write(tree));
    }
  }

  /** Makes the list anew when it is damaged; the damaged one stays beside it. */
  void mend() throws IOException {
    if (Files.exists(file) && nodes().isEmpty()) {
      AtomicFiles.move(
          file, file.resolveSibling("index.json.corrupt-" + clock.instant().toEpochMilli()));
    }
    if (!Files.exists(file)) {
      AtomicFiles.write(file, JsonTree.write(rebuilt()));
    }
  }

  /** The time as ComfyDock writes it. */
  String now() {
    return TIME.format(Instant.now(clock).atOffset(ZoneOffset.UTC));
  }

  private ObjectNode tree() throws IOException {
    mend();
    return (ObjectNode) JsonTree.read(Files.readAllBytes(file));
  }

  private ObjectNode rebuilt() throws IOException {
    ObjectNode nodes = JsonTree.object();
    for (Path each : Folders.children(store)) {
      if (String.valueOf(each.getFileName()).matches("[0-9a-f]{64}\\.json")) {
        try {
          JsonTree.read(Files.readAllBytes(each))
              .properties()
              .forEach(entry -> nodes.set(entry.getKey(), entry.getValue()));
        } catch (JacksonException e) {
          // As good as not there.
        }
      }
    }
    ObjectNode tree = JsonTree.object();
    tree.put("version", "1.0");
    tree.put("updated_at", now());
    tree.set("nodes", nodes);
    return tree;
  }
}
