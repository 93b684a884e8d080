package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes and links, worked with the mouse. */
@ComfyUiTest(packs = false, nodes = "LoadImage", sharedPage = true)
class NodesOnPageTest {
  private ComfyPage page;
  private Graph graph;
  private NodeHandle empty;
  private NodeHandle preview;

  @BeforeEach
  void addNodes(ComfyPage openPage) {
    page = openPage;
    graph = page.graph();
    empty = graph.add("EmptyImage", 100, 50);
    preview = graph.add("PreviewImage", 600, 50);
  }

  @Test
  void findsANodeByItsTitle() {
    preview.setTitle("The result");
    assertThat(graph.titled("The result").id()).isEqualTo(preview.id());
    assertThat(graph.titled("Empty Image").id()).isEqualTo(empty.id());
    assertThatThrownBy(() -> graph.titled("Another"))
        .hasMessageContaining("Another")
        .hasMessageContaining("The result");
  }

  @Test
  void aClickSelects() {
    empty.click();
    assertThat(graph.selected()).extracting(NodeHandle::id).containsExactly(empty.id());
    graph.select(empty, preview);
    assertThat(graph.selected()).hasSize(2);
    preview.click();
    assertThat(graph.selected()).extracting(NodeHandle::id).containsExactly(preview.id());
  }

  @Test
  void dragsANodeWhereUndoBringsItBackFrom() {
    empty.dragTo(180, 210);
    assertThat(empty.position()).containsExactly(180.0, 210.0);
    page.undo();
    assertThat(empty.position()).containsExactly(100.0, 50.0);
    page.redo();
    assertThat(empty.position()).containsExactly(180.0, 210.0);
  }

  @Test
  void dragsALinkFromSlotToSlot() {
    assertThat(graph.source(preview, "images")).isEmpty();
    graph.dragLink(empty, "IMAGE", preview, "images");
    assertThat(graph.source(preview, "images").orElseThrow().id()).isEqualTo(empty.id());
    graph.disconnect(preview, "images");
    assertThat(graph.source(preview, "images")).isEmpty();
    graph.connect(empty, "IMAGE", preview, "images");
    assertThat(graph.source(preview, "images")).isPresent();
    assertThatThrownBy(() -> graph.connect(empty, "MASK", preview, "images"))
        .hasMessageContaining("MASK")
        .hasMessageContaining("IMAGE");
  }

  @Test
  void loadsWhatItSaved() {
    graph.connect(empty, "IMAGE", preview, "images");
    empty.setWidget("width", 64);
    String saved = page.workflow().toString();
    graph.clear();
    assertThat(graph.nodes()).isEmpty();
    graph.load(saved);
    assertThat(graph.only("EmptyImage").widget("width").asInt()).isEqualTo(64);
    assertThat(graph.source(graph.only("PreviewImage"), "images")).isPresent();
  }

  @Test
  void takesPicturesOfANodeAndOfAllNodes(@TempDir Path folder) throws Exception {
    Path node = folder.resolve("node.png");
    empty.screenshot(node);
    assertThat(ImageIO.read(node.toFile()).getWidth()).isBetween(260, 290);
    Path all = folder.resolve("all.png");
    graph.screenshot(all);
    assertThat(ImageIO.read(all.toFile()).getWidth()).isGreaterThan(600);
  }

  @Test
  void aPictureOfWhatIsNotOnScreenIsRefusedUntilItFits(@TempDir Path folder) throws Exception {
    NodeHandle far = graph.add("PreviewImage", 3000, 2000);
    Path picture = folder.resolve("far.png");
    assertThatThrownBy(() -> far.screenshot(picture)).hasMessageContaining("graph().fit()");
    graph.fit();
    far.screenshot(picture);
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isLessThan(200);
  }
}
