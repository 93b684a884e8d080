package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The harness proved on a ComfyUI without any pack. */
@ComfyUiTest(packs = false, nodes = "LoadImage", sharedPage = true)
class PlainComfyUiTest {
  @Test
  void runsAGraphMadeInThePage(ComfyPage page, ComfyApi api) throws IOException {
    BufferedImage original = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    original.setRGB(3, 5, 0x123456);
    String name = api.upload("harness.png", png(original));
    NodeHandle load = page.graph().add("LoadImage", 100, 100);
    NodeHandle save = page.graph().add("SaveImage", 600, 100);
    page.graph().connect(load, "IMAGE", save, "images");
    load.setWidget("image", name);

    PromptResult result = page.run().successful();

    BufferedImage stored = api.image(result.images(save.id()).get(0));
    assertThat(PixelDifference.between(original, stored)).isEmpty();
    assertThat(page.run().successful().cached()).contains(load.id(), save.id());
  }

  @Test
  void takesBackAndMakesAgain(ComfyPage page) {
    NodeHandle load = page.graph().add("LoadImage", 100, 100);
    NodeHandle save = page.graph().add("SaveImage", 600, 100);
    page.undo();
    assertThat(save.exists()).isFalse();
    assertThat(load.exists()).isTrue();
    page.redo();
    assertThat(save.exists()).isTrue();
  }

  @Test
  void copiesNodes(ComfyPage page) {
    NodeHandle save = page.graph().add("SaveImage", 600, 100);
    assertThat(page.graph().copyAndPaste(save)).hasSize(1);
    assertThat(page.graph().nodes("SaveImage")).hasSize(2);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
