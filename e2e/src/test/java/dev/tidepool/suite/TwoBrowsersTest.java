package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.ErrorPlace;
import dev.tidepool.harness.Ledger;
import dev.tidepool.harness.Patience;
import dev.tidepool.harness.RenderMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people in browsers of their own edit one profile at the same time. */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    sharedPage = true)
class TwoBrowsersTest extends PoolSuite {
  private static final int IMAGES = 12;
  private static final int ROUNDS = 20;
  private static final long SEED = 7;

  /** What happens on both pages at once, without a wait for any answer. */
  private static final String ACT =
      """
      ({grid, name, act}) => {
        const root = document.querySelector(grid);
        const slot = root.querySelector(`[role=option][data-name="${name}"]`);
        if (!slot) return;
        const list = root.querySelector('[role=listbox]');
        const press = key => list.dispatchEvent(
            new KeyboardEvent('keydown', {...key, bubbles: true, cancelable: true}));
        // An image that was just added is still selected.
        press({key: 'Escape'});
        const pointer = {bubbles: true, cancelable: true, button: 0, ctrlKey: act !== 'activate'};
        for (const type of ['pointerdown', 'pointerup']) slot.dispatchEvent(new PointerEvent(type, pointer));
        slot.dispatchEvent(new MouseEvent('click', pointer));
        if (act === 'remove') press({key: 'Delete'});
        if (act === 'move') press({key: 'ArrowRight', altKey: true});
        if (act !== 'activate') press({key: 'Escape'});
      }
      """;

  @TempDir Path folder;

  @Test
  void bothEndWithWhatTheServerHas(Ledger ledger) {
    PoolApi.Profile sea =
        pools.create(
            "Sea",
            IntStream.range(0, IMAGES)
                .mapToObj("image-%02d.png"::formatted)
                .toArray(String[]::new));
    Pair here = addPair(sea);
    ComfyPage other = page.openBrowser();
    other.graph().load(page.workflow());
    Pair there =
        new Pair(
            new ProfileNode(other.graph().only("PoolProfile")),
            new PoolNode(other.graph().only("GridImagePool")));
    there.pool().expectCount(IMAGES);
    there.pool().expectPictures();
    here.pool().expectPictures();
    ledger.allow(
        ErrorPlace.PAGE,
        "status of (404|409|422|499) .*/grid_pool/pools/",
        "one removes what the other still shows");

    Random random = new Random(SEED);
    List<String> added = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Pair pair : List.of(here, there)) {
        act(pair, random, round, added);
      }
    }
    expectSame(sea, here, there, added);
  }

  private void act(Pair pair, Random random, int round, List<String> added) {
    int choice = random.nextInt(10);
    if (choice < 2) {
      String name = "new-%d-%d.png".formatted(round, added.size());
      added.add(name);
      pair.pool()
          .control("pool-file-input")
          .setInputFiles(Pictures.files(folder, name).toArray(Path[]::new));
      return;
    }
    String name = "image-%02d.png".formatted(random.nextInt(IMAGES));
    String act = choice < 4 ? "remove" : choice < 7 ? "move" : "activate";
    ComfyPage its = pair.pool().node().page();
    its.page().evaluate(ACT, Map.of("grid", TestId.of("pool-grid"), "name", name, "act", act));
  }

  private void expectSame(PoolApi.Profile sea, Pair here, Pair there, List<String> added) {
    for (Pair pair : List.of(here, there)) {
      assertThat(pair.pool().control("pool-progress")).isHidden();
    }
    Patience.until(
        "both browsers to show what the server has",
        Patience.USUAL,
        () -> {
          List<String> names = pools.names(sea.id());
          return names.containsAll(added)
              && shown(here).equals(names)
              && shown(there).equals(names);
        });
    String active = pools.active(sea.id());
    here.pool().expectActive(active);
    there.pool().expectActive(active);
    List<String> names = pools.names(sea.id());
    assertThat(names).as("what was added").containsAll(added);
    assertThat(names).as("seed %d removes some", SEED).hasSizeLessThan(IMAGES + added.size());
    here.profile().expectCount(names.size());
    there.profile().expectCount(names.size());
    here.pool().expectPictures();
    there.pool().expectPictures();
  }

  /** The names on screen, in their order. */
  private static List<String> shown(Pair pair) {
    Locator slots = pair.pool().slots();
    Object names =
        slots.evaluateAll(
            "slots => slots.sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)"
                + ".map(slot => slot.dataset.name).join('\\n')");
    return List.of(String.valueOf(names).split("\n"));
  }
}
