package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that the page starts, and what it shows of them. */
@ComfyUiTest(packs = false, nodes = "LoadImage", sharedPage = true)
class RunningTest {
  private ComfyPage page;

  @BeforeEach
  void open(ComfyPage openPage) {
    page = openPage;
  }

  private NodeHandle addPreview() {
    NodeHandle empty = page.graph().add("EmptyImage", 100, 50);
    empty.setWidget("color", (int) (System.nanoTime() & 0xffffff));
    NodeHandle preview = page.graph().add("PreviewImage", 600, 50);
    page.graph().connect(empty, "IMAGE", preview, "images");
    return preview;
  }

  @Test
  void thePageShowsWhatARunGave() {
    NodeHandle preview = addPreview();
    assertThat(preview.outputs().path("images")).isEmpty();
    PromptResult result = page.run().successful();
    assertThat(preview.outputs().at("/images/0/filename").asText())
        .isEqualTo(result.images(preview.id()).get(0).name());
    assertThat(result.executed()).contains(preview.id());
  }

  @Test
  void waitsForAllThatWasQueued(ComfyApi api) {
    NodeHandle preview = addPreview();
    String first = page.queue();
    page.graph().only("EmptyImage").setWidget("width", 64);
    String second = page.queue();
    page.awaitIdle();
    assertThat(api.queue().history()).extracting(PromptResult::id).containsExactly(first, second);
    assertThat(preview.outputs().at("/images/0/filename").asText())
        .isEqualTo(api.result(second).images(preview.id()).get(0).name());
  }

  @Test
  void aGraphThatTheServerRefusesFailsWithItsReasons() {
    page.console()
        .expect(
            new KnownMessage(
                Pattern.compile("400|Prompt execution failed"), "there is nothing to put out"));
    page.graph().add("EmptyImage", 100, 50);
    assertThatThrownBy(page::queue).hasMessageContaining("no outputs");
    page.dialogs().closeAll();
  }
}
