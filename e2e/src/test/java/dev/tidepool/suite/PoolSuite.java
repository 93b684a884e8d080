package dev.tidepool.suite;

import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUiTest;
import org.junit.jupiter.api.BeforeEach;

/** What all tests of the two nodes share: a page with an empty graph, and no profiles. */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    sharedPage = true)
abstract class PoolSuite {
  /** Where nodes stand, in units of the graph. */
  static final int LEFT = 0;

  static final int MIDDLE = 420;
  static final int RIGHT = 900;
  static final int TOP = 0;

  ComfyPage page;
  ComfyApi api;
  PoolApi pools;

  @BeforeEach
  final void begin(ComfyPage openPage, ComfyApi serverApi) {
    page = openPage;
    api = serverApi;
    pools = new PoolApi(api);
    // Toasts live longer than a test.
    page.page()
        .evaluate(
            "toasts => document.querySelectorAll(toasts).forEach(toast => toast.remove())",
            TestId.of("undo-toast"));
    pools.deleteAllProfiles();
  }

  /** A profile node and a pool node that it feeds. */
  record Pair(ProfileNode profile, PoolNode pool) {}

  final Pair addPair() {
    ProfileNode profile = ProfileNode.add(page, LEFT, TOP);
    PoolNode pool = PoolNode.add(page, MIDDLE, TOP);
    page.graph().connect(profile.node(), "profile", pool.node(), "profile");
    pool.expectPool("default");
    return new Pair(profile, pool);
  }

  /** The same with a profile chosen. */
  final Pair addPair(PoolApi.Profile chosen) {
    Pair pair = addPair();
    pair.profile().choose(chosen.name());
    pair.pool().expectPool(chosen.id());
    return pair;
  }
}
