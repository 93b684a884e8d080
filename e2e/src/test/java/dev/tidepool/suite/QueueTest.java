package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.ErrorPlace;
import dev.tidepool.harness.ExpectedError;
import dev.tidepool.harness.Multipart;
import dev.tidepool.harness.PixelDifference;
import dev.tidepool.harness.PromptResult;
import dev.tidepool.harness.RenderMode;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the nodes give when they run, asked over the API alone. */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    sharedPage = true)
class QueueTest extends PoolSuite {
  private PoolApi.Profile sea;

  @BeforeEach
  void makeProfile() {
    sea = pools.create("Sea", "a.png", "b.png", "c.png");
    pools.activate(sea.id(), "a.png");
  }

  /** Profile, pool, and nodes that show what the pool gives. */
  private ObjectNode graph(String name, String id, int index, String slot) {
    ObjectNode graph = api.object();
    ObjectNode profile = node(graph, "profile", "PoolProfile");
    profile.put("profile", name).put("profile_id", id);
    ObjectNode pool = node(graph, "pool", "GridImagePool");
    pool.put("index", index).put("pool_id", "unused-own-pool").put("slot", slot);
    link(pool, "profile", "profile", 0);
    ObjectNode save = node(graph, "save", "SaveImage").put("filename_prefix", "tidepool");
    link(save, "images", "pool", 0);
    return graph;
  }

  private static ObjectNode withTexts(ObjectNode graph) {
    link(node(graph, "index", "PreviewAny"), "source", "pool", 2);
    link(node(graph, "count", "PreviewAny"), "source", "pool", 3);
    link(node(graph, "label", "PreviewAny"), "source", "pool", 4);
    return graph;
  }

  private static ObjectNode withMask(ObjectNode graph) {
    link(node(graph, "mask", "MaskToImage"), "mask", "pool", 1);
    ObjectNode save = node(graph, "save-mask", "SaveImage").put("filename_prefix", "tidepool");
    link(save, "images", "mask", 0);
    return graph;
  }

  /** Adds a node, and returns its inputs. */
  private static ObjectNode node(ObjectNode graph, String id, String type) {
    return graph.putObject(id).put("class_type", type).putObject("inputs");
  }

  private static void link(ObjectNode inputs, String name, String node, int output) {
    inputs.putArray(name).add(node).add(output);
  }

  private PromptResult runActive() {
    return api.run(graph("Sea", sea.id(), -1, "")).successful();
  }

  private BufferedImage saved(PromptResult result) {
    return api.image(result.successful().images("save").get(0));
  }

  private void expectPicture(int number, PromptResult result) {
    assertThat(PixelDifference.between(Pictures.numbered(number, 64, 48), saved(result))).isEmpty();
  }

  @Test
  void minusOneGivesTheActiveSlotAndOthersPickOne() {
    expectPicture(1, runActive());
    pools.activate(sea.id(), "c.png");
    expectPicture(3, runActive());
    expectPicture(2, api.run(graph("Sea", sea.id(), 1, "")));
  }

  @Test
  void aSlotInThePromptDecidesOverTheActiveOne() {
    expectPicture(2, api.run(graph("Sea", sea.id(), -1, "b.png")));
  }

  @Test
  void aProfileIsFoundByItsNameAlone() {
    expectPicture(1, api.run(graph("sea", "", -1, "")));
  }

  @Test
  void indexCountAndLabelCoverTheEnabledSlots() {
    pools.label(sea.id(), "c.png", "Third");
    pools.enable(sea.id(), "a.png", false);
    PromptResult result = api.run(withTexts(graph("Sea", sea.id(), 1, ""))).successful();
    assertThat(result.text("index")).isEqualTo("1");
    assertThat(result.text("count")).isEqualTo("2");
    assertThat(result.text("label")).isEqualTo("Third");
    expectPicture(3, result);
  }

  @Test
  void nothingRunsAgainWhileNothingChanged() {
    runActive();
    assertThat(runActive().cached()).contains("pool", "save");
    pools.label(sea.id(), "b.png", "Another label");
    assertThat(runActive().cached()).contains("pool", "save");
  }

  @Test
  void activatingAnotherSlotRunsAgain() {
    runActive();
    pools.activate(sea.id(), "b.png");
    PromptResult result = runActive();
    assertThat(result.cached()).doesNotContain("pool");
    expectPicture(2, result);
  }

  @Test
  void replacingTheFileRunsAgain() {
    runActive();
    pools.remove(sea.id(), "a.png");
    byte[] other = Pictures.png(Pictures.numbered(9, 64, 48));
    pools.add(sea.id(), new Multipart().file("image", "a.png", other)).successful();
    pools.activate(sea.id(), "a.png");
    PromptResult result = runActive();
    assertThat(result.cached()).doesNotContain("pool");
    expectPicture(9, result);
  }

  @Test
  void switchingTheProfileRunsAgain() {
    runActive();
    PoolApi.Profile land = pools.create("Land", "other.png", "b.png");
    pools.activate(land.id(), "b.png");
    PromptResult result = api.run(graph("Land", land.id(), -1, ""));
    assertThat(result.cached()).doesNotContain("pool");
    expectPicture(2, result);
  }

  @Test
  void aMaskBesideTheImageWinsOverItsAlphaAndRunsAgain() {
    ObjectNode graph = withMask(graph("Sea", sea.id(), -1, ""));
    api.run(graph).successful();
    // White where the mask is, as ComfyUI's masks are.
    BufferedImage mask = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setSample(10, 20, 0, 255);
    pools.attachMask(sea.id(), "a.png", Pictures.png(mask));
    PromptResult result = api.run(graph).successful();
    assertThat(result.cached()).doesNotContain("pool");
    BufferedImage given = api.image(result.images("save-mask").get(0));
    assertThat(given.getRGB(10, 20) & 0xff).isEqualTo(255);
    assertThat(given.getRGB(11, 20) & 0xff).isZero();
  }

  @Test
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "no image at index 7",
      cause = "the prompt asks for an eighth image of three")
  void anIndexOutOfRangeSaysHowManyThereAre() {
    PromptResult result = api.run(graph("Sea", sea.id(), 7, ""));
    assertThat(result.succeeded()).isFalse();
    assertThat(result.error()).contains("7", "3");
  }

  @Test
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "no image in the profile",
      cause = "the pool is empty")
  void anEmptyPoolIsNamedAndSaysHowToAddAnImage() {
    PoolApi.Profile empty = pools.create("Empty");
    PromptResult result = api.run(graph("Empty", empty.id(), -1, ""));
    assertThat(result.succeeded()).isFalse();
    assertThat(result.error()).contains("Empty").containsIgnoringCase("add");
  }

  @Test
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "There is no profile",
      cause = "the profile was deleted")
  void aVanishedProfileIsNamedAndNeverReplaced() {
    pools.delete(sea);
    PromptResult result = api.run(graph("Sea", sea.id(), -1, ""));
    assertThat(result.succeeded()).isFalse();
    assertThat(result.error()).contains("Sea");
  }

  @Test
  void aJpegGivesTheSamePixelsAsLoadImage() {
    byte[] jpeg = Pictures.jpeg(Pictures.numbered(4, 96, 64));
    pools.add(sea.id(), new Multipart().file("image", "photo.jpg", jpeg)).successful();
    ObjectNode graph = graph("Sea", sea.id(), -1, "photo.jpg");
    node(graph, "load", "LoadImage").put("image", api.upload("photo.jpg", jpeg));
    ObjectNode save = node(graph, "save-load", "SaveImage").put("filename_prefix", "load");
    link(save, "images", "load", 0);
    PromptResult result = api.run(graph).successful();
    BufferedImage expected = api.image(result.images("save-load").get(0));
    assertThat(PixelDifference.between(expected, saved(result))).isEmpty();
  }
}
