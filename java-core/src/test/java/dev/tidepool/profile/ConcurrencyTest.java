package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Seeds;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.PoolStore;
import dev.tidepool.pool.Slot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int PROCESSES = 4;
  private static final int THREADS = 8;
  private static final int STEPS = Integer.getInteger("tidepool.steps", 250);
  private static final long SEED = Seeds.seed();

  @TempDir Path folder;
  private final Map<String, List<String[]>> reports = new HashMap<>();

  @Test
  void processesAndThreadsOnOneBaseLoseNothing() throws Exception {
    Path base = folder.resolve("grid_pool");
    TestPictures pictures = TestPictures.make(folder.resolve("pictures"));
    ProfileStore store = BaseRules.open(base);
    for (int i = 0; i < ConcurrencyWorker.SHARED; i++) {
      store.create("Shared " + i, "shared-" + i, 0);
      NewImage image = new NewImage("first.png", pictures.file(0));
      store.pools().add("shared-" + i, List.of(image), Progress.none());
    }

    run(base, pictures);

    assertThat(words("failed")).as("seed %d", SEED).isEmpty();
    checkOwn(store);
    checkShared(store);
    for (int i = 0; i < ConcurrencyWorker.SHARED_POOLS; i++) {
      checkSharedPool(store.pools(), "pool-" + i);
    }
    BaseRules rules = new BaseRules(base);
    rules.check();
    rules.checkNothingIsLeftOver();
    Set<String> gone = new HashSet<>(column("gone", 1));
    rules.checkTrash(gone);
  }

  private void run(Path base, TestPictures pictures) throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ConcurrencyWorker.start(base, pictures.folder(), i, THREADS, STEPS, SEED));
      }
      for (ChildJvm child : children) {
        @Nullable String line;
        while ((line = child.read()) != null) {
          String[] words = line.split("\t", -1);
          reports.computeIfAbsent(words[0], key -> new ArrayList<>()).add(words);
        }
        assertThat(child.exitCode()).as("seed %d", SEED).isZero();
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  private void checkOwn(ProfileStore store) {
    Map<String, String> names = new HashMap<>();
    store.list().forEach(profile -> names.put(profile.id(), profile.name()));
    for (String[] own : words("own")) {
      assertThat(names.remove(own[1])).as("seed %d, %s", SEED, own[1]).isEqualTo(own[2]);
      if (!own[3].equals("any")) {
        Pool pool = store.pools().get(own[1]);
        assertThat(ConcurrencyWorker.look(pool)).as("seed %d", SEED).isEqualTo(own[3]);
      }
    }
    assertThat(names.keySet()).allMatch(id -> id.startsWith("shared-"));
    assertThat(names).doesNotContainKeys(column("gone", 1).toArray(String[]::new));
  }

  private void checkShared(ProfileStore store) {
    List<String> gone = column("gone", 1);
    assertThat(gone).as("nothing is deleted twice").doesNotHaveDuplicates();
    for (int i = 0; i < ConcurrencyWorker.SHARED; i++) {
      String id = "shared-" + i;
      Set<String> given = new HashSet<>(Set.of("Shared " + i));
      words("renamed").stream()
          .filter(words -> words[1].equals(id))
          .forEach(words -> given.add(words[2]));
      if (gone.contains(id)) {
        assertThat(store.find(id)).isEmpty();
      } else {
        assertThat(given).contains(store.find(id).orElseThrow().name());
      }
    }
  }

  private void checkSharedPool(PoolStore pools, String id) {
    List<String> expected = new ArrayList<>(names("added", id));
    names("removed", id)
        .forEach(name -> assertThat(expected.remove(name)).as("seed %d, %s", SEED, name).isTrue());
    List<Slot> slots = pools.get(id).slots();
    assertThat(slots.stream().map(Slot::name))
        .as("seed %d", SEED)
        .containsExactlyInAnyOrderElementsOf(expected);
    Set<String> labels = new TreeSet<>(column("labelled", 3));
    for (Slot slot : slots) {
      if (!slot.name().startsWith(slot.label())) {
        assertThat(labels).contains(slot.label());
      }
    }
  }

  private List<String> names(String kind, String pool) {
    return words(kind).stream()
        .filter(words -> words[1].equals(pool))
        .map(words -> words[2])
        .toList();
  }

  private List<String[]> words(String kind) {
    return reports.getOrDefault(kind, List.of());
  }

  private List<String> column(String kind, int index) {
    return words(kind).stream().map(words -> words[index]).toList();
  }
}
