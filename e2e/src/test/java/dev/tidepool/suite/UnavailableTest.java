package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.ErrorPlace;
import dev.tidepool.harness.ExpectedError;
import dev.tidepool.harness.KnownMessage;
import dev.tidepool.harness.NodeHandle;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where the core cannot start, ComfyUI runs all the same, and the nodes say why they cannot. */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    environment = "TIDEPOOL_JAVA_HOME=/nowhere")
@ExpectedError(
    in = ErrorPlace.SERVER,
    pattern = "Tidepool cannot run: " + UnavailableTest.REASON,
    cause = "the server says so when it starts")
class UnavailableTest {
  static final String REASON = "TIDEPOOL_JAVA_HOME names no Java runtime: /nowhere";

  @Test
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "Exception during processing !!! " + REASON,
      cause = "running the nodes fails")
  void nodesShowTheReasonAndRunningThemFailsWithIt(ComfyPage page) {
    page.console()
        .expect(
            new KnownMessage(
                Pattern.compile("503|" + REASON + "|Prompt execution failed"),
                "the core cannot start here"));
    NodeHandle profile = page.graph().add("PoolProfile", PoolSuite.LEFT, PoolSuite.TOP);
    NodeHandle pool = page.graph().add("GridImagePool", PoolSuite.MIDDLE, PoolSuite.TOP);
    NodeHandle preview = page.graph().add("PreviewImage", PoolSuite.RIGHT, PoolSuite.TOP);
    page.graph().connect(profile, 0, pool, 0);
    page.graph().connect(pool, 0, preview, 0);
    assertThat(profile.locator(TestId.of("profile-bar"))).containsText(REASON);
    assertThat(pool.locator(TestId.of("pool-error"))).containsText(REASON);
    assertThat(page.run().error()).contains(REASON);
  }
}
