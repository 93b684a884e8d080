package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What a failing test leaves and says, found by running classes that fail on purpose. */
@ComfyUiTest(packs = false, nodes = "LoadImage", modes = RenderMode.CLASSIC)
@ExpectedError(in = ErrorPlace.SERVER, pattern = "missing \\)", cause = "samples fail on purpose")
class FailuresTest {
  @TempDir Path failures;

  /** Runs a class on this test's own server, so that none has to be started. */
  private EngineExecutionResults run(Class<?> tests, ComfyUi server, String ledger) {
    Map<String, String> properties =
        Map.of(
            "tidepool.url", server.address().toString(),
            "tidepool.base", server.base().toString(),
            "tidepool.failures", failures.toString(),
            "tidepool.modes", "CLASSIC",
            "tidepool.ledger", ledger);
    Map<String, String> before =
        properties.keySet().stream()
            .collect(Collectors.toMap(key -> key, key -> System.getProperty(key, "")));
    properties.forEach(System::setProperty);
    try {
      return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
    } finally {
      before.forEach(FailuresTest::restore);
    }
  }

  private static void restore(String property, String value) {
    if (value.isEmpty()) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  /** The messages of the failures, by the name of the test method or container. */
  private static Map<String, String> messages(List<Event> failed) {
    return failed.stream()
        .collect(
            Collectors.toMap(
                event -> event.getTestDescriptor().getDisplayName().replaceFirst("\\(.*", ""),
                event ->
                    String.valueOf(
                        event
                            .getRequiredPayload(TestExecutionResult.class)
                            .getThrowable()
                            .orElseThrow()
                            .getMessage())));
  }

  @Test
  void leavesAFolderThatTheMessageNames(ComfyUi server) throws IOException {
    EngineExecutionResults results = run(FailingSamples.Plain.class, server, "");
    String message = messages(results.testEvents().failed().list()).get("isWrong");
    Path folder = failures.resolve("Plain-isWrong-CLASSIC");
    assertThat(message).contains("expected", folder.toString());

    assertThat(folder.resolve("tab-1.png")).isNotEmptyFile();
    assertThat(folder.resolve("console.txt")).content().contains("no-such-address");
    assertThat(folder.resolve("network.txt"))
        .content()
        .contains("404 GET " + server.address() + "/no-such-address")
        .contains("failed GET " + server.address() + "/cut-off: ");
    assertThat(folder.resolve("server-this-test.log"))
        .content()
        .contains("missing )")
        .doesNotContain("ComfyUI version");
    assertThat(folder.resolve("server.log")).content().contains("ComfyUI version", "missing )");
    try (ZipFile trace = new ZipFile(folder.resolve("trace.zip").toFile())) {
      assertThat(trace.stream().map(Object::toString)).anyMatch(name -> name.endsWith(".jpeg"));
    }
  }

  @Test
  void errorsThatNobodyExpectedFailATestAndSoDoStaleEntries(ComfyUi server) {
    EngineExecutionResults results = run(FailingSamples.Silent.class, server, "");
    Map<String, String> messages = messages(results.testEvents().failed().list());
    assertThat(messages)
        .containsOnlyKeys(
            "printsAnError", "throwsInThePage", "makesTheServerComplain", "expectsTooMuch");
    assertThat(messages.get("printsAnError"))
        .contains("the page printed errors that nobody expected", "nobody expected this");
    assertThat(messages.get("throwsInThePage")).contains("thrown late");
    assertThat(messages.get("makesTheServerComplain"))
        .contains("the server logged errors that nobody expected", "missing )");
    assertThat(messages.get("expectsTooMuch"))
        .contains("stale", "never printed")
        .doesNotContain("another error");
    assertThat(messages(results.containerEvents().failed().list()).values())
        .singleElement()
        .asString()
        .contains("stale entries", "Silent", "of the class");
    assertThat(results.testEvents().succeeded().list()).hasSize(2);
  }

  @Test
  void anEntryOfAClassHasToExplainSomethingInOneOfItsTests(ComfyUi server) {
    EngineExecutionResults results = run(FailingSamples.DeclaredForTheClass.class, server, "");
    assertThat(results.testEvents().succeeded().list()).hasSize(2);
    assertThat(results.containerEvents().failed().list()).isEmpty();
  }

  @Test
  void aStrictRunFailsWhenAnEntryOfThePageItselfExplainedNothing(ComfyUi server) {
    // No page is opened here, so that none of them explains anything.
    EngineExecutionResults results = run(WithoutAPage.class, server, "strict");
    assertThat(messages(results.containerEvents().failed().list()).values())
        .singleElement()
        .asString()
        .contains("explained nothing in this run", "user\\.css");
    assertThat(run(WithoutAPage.class, server, "").containerEvents().failed().list()).isEmpty();
  }

  /** Succeeds. */
  @ComfyUiTest(packs = false, modes = RenderMode.CLASSIC)
  static class WithoutAPage {
    @Test
    void asksTheServer(ComfyApi api) {
      assertThat(api.queue().length()).isZero();
    }
  }
}
