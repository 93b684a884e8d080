package dev.tidepool.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that changes an environment dies at each of its steps. */
final class ChangeCrashTest {
  @TempDir Path folder;
  private Path place;
  private SortedMap<String, String> before;
  private SortedMap<String, String> after;
  private int points;

  @BeforeEach
  void findOutWhatHappensWithoutDeath() throws IOException {
    place = folder.resolve("Höhle 1");
    Environment environment = ChangeScenario.make(place);
    before = ChangeScenario.state(place);
    DyingDisk disk = new DyingDisk(-1, () -> {});
    ChangeScenario.change(ChangeScenario.at(environment.folder(), disk));
    after = ChangeScenario.state(place);
    points = disk.points();
    assertThat(after).isNotEqualTo(before);
    assertNothingIsLeft();
  }

  @Test
  void killedProcessLeavesTheOldStateOrTheNewOne() throws Exception {
    int committed = 0;
    for (int point = 0; point < points; point++) {
      anew();
      try (ChildJvm child = ChildJvm.start(ChangeScenario.class, place, point)) {
        assertThat(child.exitCode()).isEqualTo(ChangeScenario.DEAD);
      }
      committed += recoveredState("killed at " + point);
    }
    assertThat(committed).as("deaths after the commit point").isBetween(0, 2);
  }

  @Test
  void undoThatDiesGoesOn() throws IOException {
    long seed = Seeds.seed();
    Random random = new Random(seed);
    for (int point = 0; point < points; point++) {
      for (int round = 0; round < 2; round++) {
        anew();
        dieAt(point);
        int deaths = 0;
        int next = random.nextInt(12);
        while (undoDiesAt(next)) {
          next = random.nextInt(40);
          deaths++;
          assertThat(deaths).isLessThan(1000);
        }
        recoveredState("seed " + seed + ", died at " + point + " and " + deaths + " times more");
      }
    }
  }

  @Test
  void whatDiesBeforeItIsDoneIsNamedByTheNextCommand() throws IOException {
    anew();
    dieAt(points / 2);
    assertThat(Change.recover(ChangeScenario.at(place, new Disk()))).contains("node add");
    assertThat(Change.recover(ChangeScenario.at(place, new Disk()))).isEmpty();
  }

  private void anew() throws IOException {
    Folders.delete(place);
    ChangeScenario.make(place);
  }

  private void dieAt(int point) {
    DyingDisk disk =
        new DyingDisk(
            point,
            () -> {
              throw new Deaths.Death();
            });
    assertThatThrownBy(() -> ChangeScenario.change(ChangeScenario.at(place, disk)))
        .isInstanceOf(Deaths.Death.class);
  }

  private boolean undoDiesAt(int point) {
    DyingDisk disk =
        new DyingDisk(
            point,
            () -> {
              throw new Deaths.Death();
            });
    try {
      Change.recover(ChangeScenario.at(place, disk));
      return false;
    } catch (Deaths.Death e) {
      return true;
    }
  }

  /** Recovers, and answers 1 when the new state is there, 0 when the old one is. */
  private int recoveredState(String how) throws IOException {
    boolean done = Files.exists(place.resolve(".tidepool/change/committed"));
    Change.recover(ChangeScenario.at(place, new Disk()));
    assertThat(ChangeScenario.state(place)).as(how).isEqualTo(done ? after : before);
    assertNothingIsLeft();
    if (!done) {
      assertThat(place.resolve(".tidepool/trash")).as(how).doesNotExist();
    }
    return done ? 1 : 0;
  }

  private void assertNothingIsLeft() {
    assertThat(place.resolve(".tidepool/change")).doesNotExist();
  }
}
