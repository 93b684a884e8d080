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
