package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.RenderMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is far away: 400 ms for each answer, and 50 kB a second. */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    sharedPage = true)
class SlowNetworkTest extends PoolSuite {
  private static final int LATENCY_MILLIS = 400;
  private static final int BYTES_PER_SECOND = 50_000;

  @TempDir Path folder;
  private SlowNetwork network;
  private PoolApi.Profile sea;

  @BeforeEach
  void makeProfiles() {
    sea = pools.create("Sea", "sea-1.png", "sea-2.png", "sea-3.png");
    pools.create("Land", "land-1.png", "land-2.png", "land-3.png", "land-4.png");
    pools.create("Sky", "sky-1.png", "sky-2.png");
    network = new SlowNetwork(page.page());
  }

  @AfterEach
  void speedUp() {
    network.close();
  }

  @Test
  void quickSwitchingEndsWithWhatWasChosenLast() {
    Pair pair = addPair(sea);
    network.slowDown(LATENCY_MILLIS, BYTES_PER_SECOND);
    for (int round = 0; round < 5; round++) {
      for (String name : List.of("Land", "Sea", "Sky")) {
        pair.profile().choose(name);
      }
    }
    pair.profile().choose("Land");
    pair.pool().expectImages("land-1.png", "land-2.png", "land-3.png", "land-4.png");
    pair.pool().expectPictures();
    pair.profile().expectCount(4);
    pair.profile().choose("Sky");
    pair.pool().expectImages("sky-1.png", "sky-2.png");
    pair.pool().expectPictures();
  }

  @Test
  void changesAndUploadsArriveInTheirPool() {
    Pair pair = addPair(sea);
    pair.pool().expectPictures();
    network.slowDown(LATENCY_MILLIS, BYTES_PER_SECOND);
    pair.pool().drop(Pictures.files(folder, "new-1.png", "new-2.png").toArray(Path[]::new));
    pair.pool().slot("sea-3.png").click();
    pair.pool().expectActive("sea-3.png");
    pair.profile().choose("Land");
    pair.pool().expectImages("land-1.png", "land-2.png", "land-3.png", "land-4.png");
    pair.pool().activate("land-2.png");
    pair.profile().choose("Sea");
    pair.pool().expectImages("sea-1.png", "sea-2.png", "sea-3.png", "new-1.png", "new-2.png");
    pair.pool().expectActive("sea-3.png");
    pair.pool().expectPictures();
    assertThat(pair.pool().control("pool-progress")).isHidden();
    assertThat(pools.active(sea.id())).isEqualTo("sea-3.png");
    assertThat(pools.names(sea.id()))
        .containsExactly("sea-1.png", "sea-2.png", "sea-3.png", "new-1.png", "new-2.png");
  }
}
