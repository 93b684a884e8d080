package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.tidepool.harness.KnownMessage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the grid shows when there are no images to show. */
class StatesTest extends PoolSuite {
  @Test
  void saysThatThePoolIsEmptyAndHowToFillIt() {
    PoolNode pool = PoolNode.add(page, MIDDLE, TOP);
    pool.expectEmpty();
    assertThat(pool.control("pool-empty"))
        .containsText(Pattern.compile("drop images", Pattern.CASE_INSENSITIVE));
    assertThat(pool.control("pool-empty").locator("button")).isVisible();
  }

  @Test
  void saysThatTheServerIsOutOfReachAndRecovers() {
    pools.create("Land", "one.png", "two.png");
    Pair pair = addPair(pools.create("Sea"));
    pair.pool().expectEmpty();
    page.console()
        .expect(
            new KnownMessage(
                Pattern.compile("ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch"),
                "the test takes the page off the network"));
    page.page().context().setOffline(true);
    pair.profile().choose("Land");
    assertThat(pair.pool().grid()).hasAttribute("data-state", "error");
    assertThat(pair.pool().control("pool-error")).isVisible();
    assertThat(pair.pool().control("pool-retry")).isVisible();

    page.page().context().setOffline(false);
    // The page tries again by itself, and takes the button away when it succeeds.
    pair.pool().expectImages("one.png", "two.png");
  }
}
