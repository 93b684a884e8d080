package dev.tidepool.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code profiles.json}, and rebuilds it from the pools' own {@code
 * profile_meta.json} when it is damaged:
 *
 * <pre>{@code
 * {"profiles":[{"id":"3f6c…","name":"Sea","created":1760000000000}]}
 * }</pre>
 *
 * <p>Fields that are not known here survive a rewrite.
 */
final class RegistryFile {
  private static final DateTimeFormatter ASIDE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int LARGEST_META = 1 << 20;

  /** Three hundred thousand profiles. */
  private static final long LARGEST = 32L << 20;

  private final Path base;
  private final Path file;
  private final Clock clock;
  private volatile @Nullable Read lastRead;

  private record Read(byte[] bytes, List<Profile> profiles) {}

  /** A registry that is not what it should be. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }

  RegistryFile(Path base, Clock clock) {
    this.base = base;
    this.file = base.resolve("profiles.json");
    this.clock = clock;
  }

  /** The profiles; the lock need not be held. */
  List<Profile> profiles() throws IOException {
    byte[] bytes = bytes();
    @Nullable Read last = lastRead;
    if (last != null && Arrays.equals(last.bytes(), bytes)) {
      return last.profiles();
    }
    List<Profile> profiles = new Registry(understand(bytes)).profiles();
    lastRead = new Read(bytes, profiles);
    return profiles;
  }

  /** The registry for a change. The lock must be held. */
  Registry load() throws IOException {
    return new Registry(understand(bytes()));
  }

  /** Replaces the file. The lock must be held. */
  void store(Registry registry) throws IOException {
    byte[] bytes = JsonTree.write(registry.tree());
    AtomicFiles.write(file, bytes);
    lastRead = new Read(bytes, registry.profiles());
  }

  /**
   * Replaces the file and what the profile's folder tells of it, both or neither. The lock must be
   * held.
   */
  void store(Registry registry, ObjectNode entry, Path folder) throws IOException {
    byte[] bytes = JsonTree.write(registry.tree());
    Path meta = folder.resolve("profile_meta.json");
    try {
      AtomicFiles.prepare(meta, JsonTree.write(entry));
      AtomicFiles.prepare(file, bytes);
      AtomicFiles.move(AtomicFiles.temporary(meta), meta);
      AtomicFiles.move(AtomicFiles.temporary(file), file);
    } finally {
      Folders.deleteQuietly(AtomicFiles.temporary(meta));
      Folders.deleteQuietly(AtomicFiles.temporary(file));
    }
    lastRead = new Read(bytes, registry.profiles());
  }

  /** Keeps a copy of the damaged file, which the next store replaces. The lock must be held. */
  Path keepAside(Damaged why) throws IOException {
    Path aside = file.resolveSibling("profiles.json.corrupt-" + ASIDE.format(clock.instant()));
    try {
      Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Folders.deleteQuietly(aside);
      throw e;
    }
    log()
        .log(
            System.Logger.Level.WARNING,
            "damaged registry kept aside file={0} reason={1}",
            aside,
            why.getMessage());
    return aside;
  }

  /**
   * What the pools themselves tell of their profiles, oldest first; two of one name become
   * distinct.
   *
   * @param counted the ids to look at
   */
  Registry rebuilt(Predicate<String> counted) throws IOException {
    List<ObjectNode> found = new ArrayList<>();
    for (Path folder : Folders.children(base)) {
      String id = folder.getFileName().toString();
      if (Ids.valid(id) && Folders.isReal(folder) && counted.test(id)) {
        meta(folder).filter(entry -> entry.path("id").asText(id).equals(id)).ifPresent(found::add);
      }
    }
    found.sort(
        Comparator.comparingLong((ObjectNode entry) -> entry.path("created").asLong())
            .thenComparing(entry -> entry.path("id").asText()));
    Registry registry = new Registry(JsonTree.object());
    Set<String> taken = new HashSet<>();
    for (ObjectNode entry : found) {
      String name = ProfileName.free(entry.path("name").asText(), taken);
      taken.add(Texts.key(name));
      registry.add(entry.put("name", name));
    }
    return registry;
  }

  /** What a pool's folder tells of its profile, if it does. */
  Optional<ObjectNode> meta(Path folder) {
    Path meta = folder.resolve("profile_meta.json");
    try {
      if (!Files.isRegularFile(meta) || Files.size(meta) > LARGEST_META) {
        return Optional.empty();
      }
      if (JsonTree.read(Files.readAllBytes(meta)) instanceof ObjectNode entry
          && entry.path("name").isTextual()) {
        entry.put("name", ProfileName.require(entry.path("name").asText()));
        entry.put("id", folder.getFileName().toString());
        return Optional.of(entry.put("created", entry.path("created").asLong()));
      }
    } catch (IOException | TidepoolException e) {
      log().log(System.Logger.Level.WARNING, "unusable file={0} reason={1}", meta, e.getMessage());
    }
    return Optional.empty();
  }

  /** Writes into a pool's folder what it tells of its profile. */
  void writeMeta(Path folder, ObjectNode entry) throws IOException {
    Path meta = folder.resolve("profile_meta.json");
    byte[] bytes = JsonTree.write(entry);
    if (!Files.isRegularFile(meta) || !Arrays.equals(Files.readAllBytes(meta), bytes)) {
      AtomicFiles.write(meta, bytes);
    }
  }

  ObjectNode entry(String id, String name, long created) {
    return JsonTree.object().put("id", id).put("name", name).put("created", created);
  }

  private byte[] bytes() throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Damaged("larger than " + LARGEST + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      Folders.requireNoFile(base);
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
  }

  private ObjectNode understand(byte[] bytes) throws IOException {
    JsonNode tree;
    try {
      tree = JsonTree.read(bytes);
    } catch (JsonProcessingException e) {
      throw new Damaged(e.getOriginalMessage());
    }
    if (!(tree instanceof ObjectNode root)) {
      throw new Damaged("not a JSON object");
    }
    if (!root.has("profiles")) {
      return root;
    }
    if (!(root.get("profiles") instanceof ArrayNode entries)) {
      throw new Damaged("\"profiles\" is no list");
    }
    for (JsonNode entry : entries) {
      if (!entry.path("id").isTextual()
          || !Ids.valid(entry.path("id").asText())
          || !entry.path("name").isTextual()) {
        throw new Damaged("an entry has no valid id and name");
      }
    }
    return root;
  }

  // Asked for when it is needed: getting a logger is slow, and seldom is there anything to say.
  private static System.Logger log() {
    return System.getLogger("dev.tidepool.profile");
  }
}
