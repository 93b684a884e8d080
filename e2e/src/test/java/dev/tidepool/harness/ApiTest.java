package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API's client, on a ComfyUI without any pack. */
@ComfyUiTest(packs = false, nodes = "LoadImage", modes = RenderMode.CLASSIC)
class ApiTest {
  private ComfyApi api;

  @BeforeEach
  void connect(ComfyApi serverApi) {
    api = serverApi;
  }

  private JsonNode freshGraph() {
    // Another image each time, or the cache has the answer.
    BufferedImage image = TestImages.small((int) (System.nanoTime() & 0xff));
    image.setRGB(0, 0, (int) (System.nanoTime() & 0xffffff));
    return PromptGraph.inverting(api.upload("fresh.png", TestImages.png(image)));
  }

  @Test
  void tellsWhatHappensToAPrompt() {
    JsonNode graph = freshGraph();
    try (EventLog events = api.events()) {
      String id = events.prompt(graph);
      assertThat(events.awaitEnd(id)).isEqualTo(new ServerEvent.Succeeded(id));

      events.await(ServerEvent.Started.class, event -> event.prompt().equals(id));
      events.await(ServerEvent.Cached.class, event -> event.nodes().isEmpty());
      events.await(ServerEvent.Executing.class, event -> "invert".equals(event.node()));
      events.await(ServerEvent.Executing.class, event -> event.node() == null);
      events.await(ServerEvent.Status.class, event -> event.remaining() == 1);
      ServerEvent.Executed saved =
          events.await(ServerEvent.Executed.class, event -> event.node().equals("save"));
      assertThat(saved.output().at("/images/0/filename").asText()).startsWith("inverted");
      assertThat(events.events(id)).first().isEqualTo(new ServerEvent.Started(id));
    }
  }

  @Test
  void anEventThatDoesNotComeIsNamedWithThoseThatDid() {
    try (EventLog events = api.events()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () ->
                  events.await(
                      ServerEvent.Started.class, java.time.Duration.ofMillis(50), event -> true))
          .hasMessageContaining("Started")
          .hasMessageContaining("[status");
    }
  }

  @Test
  void tellsExecutedFromCachedNodesAndHowLongTheyTook() {
    JsonNode graph = freshGraph();
    PromptResult first = api.run(graph).successful();
    assertThat(first.executed()).containsExactly("invert", "load", "save");
    assertThat(first.timings()).containsOnlyKeys("load", "invert", "save");
    assertThat(first.timings().values()).allMatch(taken -> taken.toNanos() > 0);
    assertThat(first.duration()).isBetween(java.time.Duration.ZERO, Patience.USUAL);
    assertThat(new PromptResult(first.id(), first.entry()).executed()).isEqualTo(first.executed());

    PromptResult second = api.run(graph).successful();
    assertThat(second.executed()).isEmpty();
    assertThat(second.cached()).containsExactly("invert", "load", "save");
  }

  @Test
  void freedResultsAreComputedAgain() {
    JsonNode graph = freshGraph();
    api.run(graph).successful();
    api.free();
    Patience.until(
        "the cache to be empty",
        Patience.USUAL,
        () -> api.run(graph).successful().cached().isEmpty());
  }

  @Test
  @ExpectedError(in = ErrorPlace.SERVER, pattern = "missing \\)", cause = "the pattern is none")
  void tellsWhichNodeFailedAndWhy() {
    PromptResult result = api.run(PromptGraph.failing("(failing on purpose"));
    assertThat(result.succeeded()).isFalse();
    PromptError error = result.failure().orElseThrow();
    assertThat(error.node()).isEqualTo("replace");
    assertThat(error.nodeType()).isEqualTo("RegexReplace");
    assertThat(error.exceptionType()).contains("error");
    assertThat(error.message()).contains("missing )");
    assertThat(error.traceback()).isNotEmpty();
    assertThat(result.error()).isEqualTo(error.message());
    assertThat(result.executed()).containsExactly("text");
  }

  @Test
  void showsTheQueueAndInterrupts() {
    try (EventLog events = api.events()) {
      String running = events.prompt(PromptGraph.slow());
      events.await(ServerEvent.Executing.class, event -> event.prompt().equals(running));
      String waiting = events.prompt(PromptGraph.slow());
      assertThat(api.queue().running()).containsExactly(running);
      assertThat(api.queue().pending()).containsExactly(waiting);

      api.queue().delete(waiting);
      assertThat(api.queue().pending()).isEmpty();
      api.interrupt();
      assertThat(events.awaitEnd(running)).isInstanceOf(ServerEvent.Interrupted.class);
      assertThat(api.result(running).interrupted()).isTrue();
    }
  }

  @Test
  void keepsAHistoryThatCanBeForgotten() {
    PromptResult result = api.run(freshGraph()).successful();
    assertThat(api.queue().history()).extracting(PromptResult::id).containsExactly(result.id());
    api.queue().forget(result.id());
    assertThat(api.queue().history()).isEmpty();
  }

  @Test
  void anUploadedMaskBecomesTheAlphaOfACopy() {
    BufferedImage picture = TestImages.small(1);
    PromptResult.OutputFile original = api.files().upload("original.png", TestImages.png(picture));
    BufferedImage mask = new BufferedImage(16, 8, BufferedImage.TYPE_INT_ARGB);
    mask.setRGB(3, 5, 0xff000000);
    PromptResult.OutputFile copy =
        api.files().uploadMask("masked.png", TestImages.png(mask), original);
    BufferedImage stored = api.image(copy);
    assertThat(stored.getRGB(3, 5)).isEqualTo(picture.getRGB(3, 5));
    assertThat(stored.getRGB(4, 5) >>> 24).isZero();
    assertThat(api.view(original)).isEqualTo(TestImages.png(picture));
  }

  @Test
  void keepsSettingsAndFilesOfTheUser() {
    UserData data = api.userData();
    assertThat(data.setting("Harness.Unset")).isEmpty();
    data.set(Map.of("Harness.Set", 7));
    assertThat(data.setting("Harness.Set").orElseThrow().asInt()).isEqualTo(7);
    assertThat(data.settings().path("Harness.Set").asInt()).isEqualTo(7);

    byte[] content = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
    data.write("harness/my file.json", content);
    assertThat(data.list("harness")).containsExactly("my file.json");
    assertThat(data.read("harness/my file.json").orElseThrow()).isEqualTo(content);
    data.delete("harness/my file.json");
    assertThat(data.read("harness/my file.json")).isEmpty();
    assertThat(data.list("no-such-folder")).isEmpty();
  }

  @Test
  void tellsItsVersions() {
    SystemStats stats = api.systemStats();
    assertThat(stats.comfyUi()).matches("[0-9]+\\.[0-9]+.*");
    assertThat(stats.python()).startsWith("3.");
    assertThat(stats.torch()).isNotBlank();
    assertThat(stats.memoryFree()).isBetween(1L, stats.memoryTotal());
    assertThat(stats.devices()).contains("cpu");
  }
}
