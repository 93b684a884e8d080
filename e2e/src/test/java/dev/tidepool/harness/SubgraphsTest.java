package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Into a subgraph and out of it. */
@ComfyUiTest(packs = false, nodes = "LoadImage", sharedPage = true)
class SubgraphsTest {
  @Test
  void aDoubleClickLeadsInAndTheBarLeadsOut(ComfyPage page) {
    NodeHandle inner = page.graph().add("ImageInvert", 200, 100);
    NodeHandle outer = page.graph().add("PreviewImage", 600, 100);
    NodeHandle subgraph = page.graph().convertToSubgraph(inner);
    assertThat(page.graph().nodes("ImageInvert")).isEmpty();

    page.graph().enterByDoubleClick(subgraph);
    assertThat(page.graph().nodes("ImageInvert")).hasSize(1);
    assertThat(outer.exists()).isFalse();

    page.graph().leaveByBreadcrumb();
    assertThat(page.graph().nodes("ImageInvert")).isEmpty();
    assertThat(outer.exists()).isTrue();
  }

  @Test
  void theClicksOfADoubleClickAreAHandsPaceApartOnABusyPageToo(ComfyPage page) {
    NodeHandle subgraph = page.graph().convertToSubgraph(page.graph().add("ImageInvert", 200, 100));
    page.page()
        .evaluate(
            """
            () => {
              window.pressed = [];
              const busy = event => {
                window.pressed.push(event.timeStamp);
                const end = performance.now() + 400;
                while (performance.now() < end);
                if (window.pressed.length === 2) removeEventListener('pointerdown', busy, true);
              };
              addEventListener('pointerdown', busy, true);
            }
            """);
    page.graph().enterByDoubleClick(subgraph);
    Object apart = page.page().evaluate("() => window.pressed[1] - window.pressed[0]");
    assertThat(((Number) apart).doubleValue()).isBetween(10.0, 300.0);
    page.graph().leave();
  }

  @Test
  void aRunInsideASubgraphIsShownThere(ComfyPage page) {
    NodeHandle empty = page.graph().add("EmptyImage", 100, 100);
    NodeHandle preview = page.graph().add("PreviewImage", 500, 100);
    page.graph().connect(empty, "IMAGE", preview, "images");
    NodeHandle subgraph = page.graph().convertToSubgraph(empty, preview);
    page.run().successful();
    page.graph().enter(subgraph);
    NodeHandle inside = page.graph().only("PreviewImage");
    assertThat(inside.outputs().path("images")).hasSize(1);
    page.graph().leave();
  }
}
