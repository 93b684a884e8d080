package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Progress;
import dev.tidepool.io.QuickStart;
import dev.tidepool.io.Seeds;
import dev.tidepool.profile.Step.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that changes a base, at random moments. What it had acknowledged must be there,
 * and the step it was at done or not begun; in between is a failure.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("tidepool.kills", 500);
  private static final int BASES = 2;
  private static final int KILLED = 128 + 9;
  private static final int STEPS_AT_FIRST = 200;
  private static final int LONGEST_LIFE_MICROS = 12_000;
  private static final int MOST_STEPS_BEFORE = 4;
  private static final long SEED = Seeds.seed();

  @TempDir Path folder;

  @Test
  void aKilledProcessLeavesTheStateBeforeOrAfter() throws Exception {
    ExecutorService bases = Executors.newFixedThreadPool(BASES);
    ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    try {
      QuickStart quick = QuickStart.prepare(folder.resolve("quick"));
      List<Callable<Map<Operation, Integer>>> victims = new ArrayList<>();
      for (int i = 0; i < BASES; i++) {
        Path own = Files.createDirectories(folder.resolve("victim-" + i));
        Victim victim = new Victim(own, SEED + i, killer);
        victim.grow(i == 0 ? quick.recording() : quick.options());
        victims.add(() -> victim.die(KILLS / BASES, quick));
      }
      Set<Operation> cut = new HashSet<>();
      for (Future<Map<Operation, Integer>> result : bases.invokeAll(victims)) {
        cut.addAll(result.get().keySet());
      }
      if (KILLS >= 500) {
        assertThat(cut).as("operations that a kill met").contains(Operation.values());
      }
    } finally {
      bases.shutdownNow();
      killer.shutdownNow();
    }
  }

  /** One base and the processes that die on it. */
  private static final class Victim {
    private final Path folder;
    private final Path base;
    private final long seed;
    private final ScheduledExecutorService killer;
    private final TestPictures pictures;
    private final Steps steps;
    private final Map<Operation, Integer> cut = new EnumMap<>(Operation.class);
    private World world = new World();

    Victim(Path folder, long seed, ScheduledExecutorService killer) throws IOException {
      this.folder = folder;
      this.base = folder.resolve("grid_pool");
      this.seed = seed;
      this.killer = killer;
      this.pictures = TestPictures.make(folder.resolve("pictures"));
      this.steps = new Steps(seed);
      Files.createDirectories(folder.resolve("exports"));
    }

    /** Fills the base, which no kill disturbs. */
    void grow(List<String> options) throws Exception {
      try (ChildJvm child = CrashWorker.start(options, folder)) {
        child.expect("ready");
        for (int i = 0; i < STEPS_AT_FIRST; i++) {
          perform(child, steps.next(world));
        }
        child.finish();
        assertThat(child.exitCode()).isZero();
      }
    }

    Map<Operation, Integer> die(int times, QuickStart quick) throws Exception {
      Operation[] aims = Operation.values();
      for (int i = 0; i < times; i++) {
        @Nullable Step unfinished = null;
        try {
          unfinished = live(quick, aims[i % aims.length]);
          check(unfinished);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(
              "seed " + seed + ", kill " + i + " of " + folder + " during " + unfinished, e);
        }
      }
      return cut;
    }

    /**
     * Lets a process work until it is killed, and answers with what it had begun. The random moment
     * is counted from the beginning of a step of the wanted kind, so that every kind is met.
     */
    private Step live(QuickStart quick, Operation aim) throws Exception {
      try (ChildJvm child = CrashWorker.start(quick.options(), folder)) {
        child.expect("ready");
        for (int i = steps.random().nextInt(MOST_STEPS_BEFORE); i >= 0; i--) {
          Step step = steps.next(world);
          assertThat(perform(child, step)).as("alive after %s", step).isTrue();
        }
        Step step = aimed(aim);
        int life = steps.random().nextInt(LONGEST_LIFE_MICROS);
        Future<?> death = killer.schedule(child::kill, life, TimeUnit.MICROSECONDS);
        while (perform(child, step)) {
          step = steps.next(world);
        }
        assertThat(child.exitCode()).as("exit code during %s", step).isEqualTo(KILLED);
        death.get();
        return step;
      }
    }

    /** A next step of this kind, or any where the base allows none. */
    private Step aimed(Operation aim) {
      Step step = steps.next(world);
      for (int i = 0; i < 500 && step.operation() != aim; i++) {
        step = steps.next(world);
      }
      return step;
    }

    /** Has a step done; false when the process died before it acknowledged it. */
    private boolean perform(ChildJvm child, Step step) throws IOException {
      @Nullable String answer = child.send(step.line()) ? child.read() : null;
      if (answer == null) {
        return false;
      }
      assertThat(answer).as(step.toString()).startsWith("done\t");
      world = world.apply(step, answer.substring("done\t".length()));
      return true;
    }

    private void check(Step unfinished) throws IOException {
      cut.merge(unfinished.operation(), 1, Integer::sum);
      world = settled(unfinished);
      checkArchives(unfinished);
      BaseRules rules = new BaseRules(base);
      rules.settle(unfinished.id());
      assertThat(World.read(BaseRules.open(base), pictures))
          .as("after the next change")
          .isEqualTo(world.shown());
      rules.check();
      rules.checkTrash(world.deleted.keySet());
    }

    /** The world with or without the unfinished step, whichever the base shows. */
    private World settled(Step unfinished) throws IOException {
      Map<String, World.Content> found = World.read(BaseRules.open(base), pictures);
      if (found.equals(world.shown()) && !isMade(unfinished)) {
        return world;
      }
      Set<String> fresh = new HashSet<>(found.keySet());
      fresh.removeAll(world.profiles.keySet());
      World after = world.apply(unfinished, fresh.stream().findFirst().orElse(""));
      assertThat(found)
          .as("neither\n%s\nnor after %s", world.shown(), unfinished)
          .isEqualTo(after.shown());
      return after;
    }

    /**
     * Whether an unfinished export has put its archive in place, which the base does not show. An
     * archive that differs only in a label is an older one, so bytes are compared: equal profiles
     * export to equal bytes.
     */
    private boolean isMade(Step unfinished) throws IOException {
      Path archive = folder.resolve("exports").resolve(unfinished.text());
      if (unfinished.operation() != Operation.EXPORT || !Files.exists(archive)) {
        return false;
      }
      Path expected = folder.resolve("expected.zip");
      BaseRules.open(base).exportTo(unfinished.id(), expected, Progress.none());
      return Files.mismatch(archive, expected) == -1;
    }

    private void checkArchives(Step unfinished) throws IOException {
      for (Map.Entry<String, World.Content> archive : world.archives.entrySet()) {
        assertThat(holds(archive.getKey(), archive.getValue()))
            .as("%s holds %s", archive.getKey(), archive.getValue())
            .isTrue();
      }
      if (unfinished.operation() == Operation.EXPORT
          && !world.archives.containsKey(unfinished.text())) {
        assertThat(folder.resolve("exports").resolve(unfinished.text())).doesNotExist();
      }
    }

    /** Reads a whole archive and compares the profile's name, the slots' names and the pictures. */
    private boolean holds(String archive, World.Content content) throws IOException {
      Path file = folder.resolve("exports").resolve(archive);
      if (!Files.exists(file)) {
        return false;
      }
      List<String> found = new ArrayList<>();
      List<String> expected = new ArrayList<>(List.of(content.name()));
      for (World.Image image : content.images()) {
        expected.add("pool/" + image.name() + "=" + image.picture());
        if (image.mask() >= 0) {
          expected.add("pool/masks/" + image.name() + ".png=" + image.mask());
        }
      }
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          byte[] bytes = zip.getInputStream(entry).readAllBytes();
          if (entry.getName().endsWith(".png")) {
            found.add(entry.getName() + "=" + pictures.numberOf(bytes, entry));
          } else if (entry.getName().equals("profile_meta.json")) {
            found.add(ArchiveMeta.read(bytes).name());
          }
        }
      }
      Collections.sort(found);
      Collections.sort(expected);
      return found.equals(expected);
    }
  }
}
