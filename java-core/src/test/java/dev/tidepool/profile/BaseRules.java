package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is true of a base at rest, whatever was done to it and whoever was killed meanwhile. */
final class BaseRules {
  private final ObjectMapper json = new ObjectMapper();
  private final Path base;
  private final ProfileStore store;

  BaseRules(Path base) {
    this.base = base;
    this.store = open(base);
  }

  /** A store that shares nothing with any other. */
  static ProfileStore open(Path base) {
    return new ProfileStore(base, Clock.systemUTC(), new StoreLocks());
  }

  /** Makes a change in the registry and in a pool, which settles what a crash left there. */
  void settle(String pool) {
    store.delete(store.create("settling", "settling-" + Ids.fresh(), 0).id());
    if (store.find(pool).isPresent()) {
      store.pools().enable(pool, List.of(), true);
    }
  }

  void check() throws IOException {
    checkRegistry();
    for (Path pool : pools()) {
      checkPool(pool);
    }
    assertThat(named(".pending", ".renaming", ".corrupt-")).as("marks and damage").isEmpty();
  }

  /** Holds when nobody was killed: a temporary file of a dead process waits for the next write. */
  void checkNothingIsLeftOver() throws IOException {
    assertThat(named(".tmp", "new-")).as("temporary files and folders").isEmpty();
  }

  private void checkRegistry() throws IOException {
    List<Profile> profiles = store.list();
    assertThat(profiles.stream().map(Profile::id)).doesNotHaveDuplicates();
    assertThat(profiles.stream().map(profile -> Texts.key(profile.name()))).doesNotHaveDuplicates();
    Set<String> described = new HashSet<>();
    for (Path pool : pools()) {
      if (Files.exists(pool.resolve("profile_meta.json"))) {
        described.add(pool.getFileName().toString());
      }
    }
    assertThat(described)
        .as("folders of profiles")
        .containsExactlyInAnyOrderElementsOf(profiles.stream().map(Profile::id).toList());
    for (Profile profile : profiles) {
      JsonNode meta = tree(base.resolve(profile.id()).resolve("profile_meta.json"));
      assertThat(meta.path("name").asText()).isEqualTo(profile.name());
    }
  }

  private void checkPool(Path folder) throws IOException {
    Pool pool = store.pools().get(folder.getFileName().toString());
    List<String> names = pool.slots().stream().map(Slot::name).toList();
    assertThat(names).as("files of %s", folder).containsExactlyInAnyOrderElementsOf(pngs(folder));
    if (Files.exists(folder.resolve("pool.json"))) {
      JsonNode tree = tree(folder.resolve("pool.json"));
      List<String> stored = new ArrayList<>();
      tree.path("slots").forEach(slot -> stored.add(slot.path("name").asText()));
      assertThat(stored).as("slots of %s", folder).isEqualTo(names);
      assertThat(tree.has("removal")).as("removal under way in %s", folder).isFalse();
    } else {
      assertThat(names).as("slots of %s, which has no pool.json", folder).isEmpty();
    }
    assertThat(names.stream().map(name -> name + ".png"))
        .as("masks of %s", folder)
        .containsAll(pngs(folder.resolve("masks")));
    boolean usable = pool.slots().stream().anyMatch(Slot::enabled);
    @Nullable String active = pool.active();
    assertThat(active != null).as("an active slot in %s", folder).isEqualTo(usable);
  }

  private List<Path> pools() throws IOException {
    return Folders.children(base).stream()
        .filter(path -> Ids.valid(path.getFileName().toString()) && Folders.isReal(path))
        .toList();
  }

  private static List<String> pngs(Path folder) throws IOException {
    return Folders.children(folder).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".png"))
        .toList();
  }

  private List<Path> named(String... parts) throws IOException {
    try (Stream<Path> all = Files.walk(base)) {
      return all.filter(path -> Stream.of(parts).anyMatch(path.getFileName().toString()::contains))
          .toList();
    }
  }

  private JsonNode tree(Path file) throws IOException {
    return json.readTree(Files.readAllBytes(file));
  }

  /** Every deleted profile can be brought back. */
  void checkTrash(Set<String> deleted) throws IOException {
    Path trash = base.resolve(".trash").resolve("profiles");
    Set<String> there = new HashSet<>();
    for (Path id : Folders.children(trash)) {
      if (!Folders.children(id).isEmpty()) {
        there.add(id.getFileName().toString());
      }
    }
    assertThat(there).as("deleted profiles").containsAll(deleted);
  }
}
