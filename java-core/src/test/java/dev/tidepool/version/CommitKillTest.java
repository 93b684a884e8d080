package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.environment.Change;
import dev.tidepool.history.Version;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that commits is killed at any moment, in the middle of git's own work too. */
class CommitKillTest {
  private static final int ROUNDS = 8;

  @TempDir Path folder;

  @Test
  void killedCommitIsWholeOrNotThere() throws Exception {
    long chance = Seeds.seed();
    Random random = new Random(chance);
    VersionWorld world = VersionWorld.in(folder);
    world.model("checkpoints/sea.safetensors");
    long seed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (ChildJvm child = ChildJvm.start(CommitKillWorker.class, world.folder, seed)) {
        // The first commits of a process are slow, and later ones take some milliseconds.
        for (int i = random.nextInt(6); i >= 0; i--) {
          seed = Long.parseLong(String.valueOf(child.read()));
        }
        waitFor(child, random.nextInt(120));
        child.kill();
        for (String line = child.read(); line != null; line = child.read()) {
          seed = Long.parseLong(line);
        }
      }
      Change.recover(world.environment);
      String what = "chance " + chance + ", round " + round;
      assertThat(world.history.uncommitted()).as(what).isEmpty();
      assertThat(world.environment.cec().resolve(".git/index.lock")).as(what).doesNotExist();
      Version last = world.history.versions(1).get(0);
      String live = world.read("ComfyUI/user/default/workflows/portrait.json");
      boolean done = last.message().equals("Seed " + seed);
      assertThat(live)
          .as(what)
          .isIn(
              Graphs.text(done ? "sea.safetensors" : "checkpoints/sea.safetensors", seed),
              // It was saved, and not yet said.
              Graphs.text("checkpoints/sea.safetensors", seed + 1));
      seed++;
      assertThat(Files.exists(world.environment.folder().resolve(".tidepool/change"))).isFalse();
      world.commit("After round " + round);
      assertThat(world.history.uncommitted()).as(what).isEmpty();
    }
  }

  private static void waitFor(ChildJvm child, int millis) throws Exception {
    try {
      child.ended().get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // It works on, as it should.
    }
  }
}
