package dev.tidepool.version;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What was found out about an environment, kept for as long as the files are the same:
 *
 * <pre>{@code
 * {"version":2,"loaders":"none",
 *  "workflows":{"drafts/portrait":{"live":{"stamp":"…","digest":"…"},"committed":{…},"seen":1792…,
 *               "state":"synced","facts":[12,[["CheckpointLoaderSimple","ckpt_name","a.safetensors","checkpoints",true]],[],0]}},
 *  "known":{"git":{"stamp":"…","value":…}},
 *  "files":{"checkpoints/a.safetensors":"/models/checkpoints/a.safetensors"}}
 * }</pre>
 *
 * It can be deleted at any time; one that cannot be read counts as empty, and one that cannot be
 * written stays as it is. Not thread-safe.
 */
final class StatusCache {
  private static final int VERSION = 2;

  private final Path file;
  private final String loaders;
  private final Clock clock;
  private final Map<String, Examined> workflows = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final ObjectNode known;
  private boolean changed;

  private StatusCache(Path file, String loaders, Clock clock, ObjectNode known) {
    this.file = file;
    this.loaders = loaders;
    this.clock = clock;
    this.known = known;
  }

  /**
   * Opens what was kept.
   *
   * @param loaders names what is known of node types; what others found out of workflows is left
   */
  static StatusCache open(Path file, String loaders, Clock clock) {
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(file));
      if (json.path("version").asInt() == VERSION
          && json.path("known") instanceof ObjectNode verdicts) {
        StatusCache cache = new StatusCache(file, loaders, clock, verdicts);
        if (json.path("loaders").asText().equals(loaders)) {
          json.path("workflows")
              .properties()
              .forEach(
                  entry ->
                      cache.workflows.put(entry.getKey(), CacheJson.examined(entry.getValue())));
        }
        json.path("files")
            .properties()
            .forEach(entry -> cache.files.put(entry.getKey(), entry.getValue().asText()));
        return cache;
      }
    } catch (NoSuchFileException | JacksonException | IllegalArgumentException e) {
      return new StatusCache(file, loaders, clock, JsonTree.object());
    } catch (IOException e) {
      return new StatusCache(file, loaders, clock, JsonTree.object());
    }
    return new StatusCache(file, loaders, clock, JsonTree.object());
  }

  Optional<Examined> workflow(String name) {
    return Optional.ofNullable(workflows.get(name));
  }

  /** Keeps what was found out about exactly these workflows. */
  void workflows(Map<String, Examined> examined) {
    // Comparing them would take longer than all else: what is the same is the same object.
    Set<Examined> before = Collections.newSetFromMap(new IdentityHashMap<>());
    before.addAll(workflows.values());
    boolean same =
        workflows.size() == examined.size()
            && examined.values().stream().allMatch(before::contains);
    if (!same) {
      workflows.clear();
      workflows.putAll(examined);
      changed = true;
    }
  }

  /**
   * What was found out while everything that it depends on had these stamps, else what is found out
   * now.
   */
  JsonNode known(String what, Stamps stamps, Supplier<JsonNode> finding) {
    String text = stamps.text();
    JsonNode entry = known.path(what);
    if (entry.path("stamp").asText().equals(text)) {
      return entry.path("value");
    }
    boolean settled = stamps.isSettledAt(clock.millis());
    JsonNode value = finding.get();
    if (settled) {
      known.putObject(what).put("stamp", text).set("value", value);
      changed = true;
    }
    return value;
  }

  /** Where a model was found that is in this folder under this value. */
  Optional<String> modelFile(String key) {
    return Optional.ofNullable(files.get(key));
  }

  void modelFiles(Map<String, String> found) {
    if (!files.equals(found)) {
      files.clear();
      files.putAll(found);
      changed = true;
    }
  }

  /** Writes it down if anything is new. */
  void save() {
    if (!changed) {
      return;
    }
    ObjectNode json = JsonTree.object();
    json.put("version", VERSION).put("loaders", loaders);
    ObjectNode entries = json.putObject("workflows");
    workflows.forEach((name, examined) -> entries.set(name, CacheJson.write(examined)));
    json.set("known", known);
    ObjectNode paths = json.putObject("files");
    files.forEach(paths::put);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFiles.write(file, JsonTree.write(json));
      changed = false;
    } catch (IOException e) {
      // Looking costs more the next time, and that is all.
      changed = true;
    }
  }
}
