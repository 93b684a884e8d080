package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.ErrorPlace;
import dev.tidepool.harness.ExpectedError;
import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.PixelDifference;
import dev.tidepool.harness.PromptResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ComfyUiTest(nodes = "SampleInvert", sharedPage = true)
class SampleInvertTest {
  private NodeHandle invert;
  private NodeHandle save;

  /** Loads an image, inverts it and saves it. */
  @BeforeEach
  void addNodes(ComfyPage page, ComfyApi api) throws IOException {
    NodeHandle load = page.graph().add("LoadImage", 0, 60);
    load.setWidget("image", api.upload("halves.png", png(halves(0xffffff, 0x000000))));
    invert = page.graph().add("SampleInvert", 400, 60);
    save = page.graph().add("SaveImage", 800, 60);
    page.graph().connect(load, "IMAGE", invert, "image");
    page.graph().connect(invert, "image", save, "images");
  }

  @Test
  void invertsAsMuchAsItsWidgetSays(ComfyPage page, ComfyApi api) {
    invert.control("strength").type("0.25");
    PromptResult result = page.run().successful();
    BufferedImage given = api.image(result.images(save.id()).get(0));
    assertEquals(Optional.empty(), PixelDifference.between(halves(0xbfbfbf, 0x3f3f3f), given));
    page.graph().screenshot(Path.of("target", "inverted-" + page.mode() + ".png"));
  }

  @Test
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "a strength of 0 inverts nothing",
      cause = "the node refuses")
  void refusesAStrengthOfNothing(ComfyPage page) {
    invert.control("strength").type("0");
    PromptResult result = page.run();
    assertEquals("SampleInvert", result.failure().orElseThrow().nodeType());
  }

  /** An image with a colour at the left and another at the right. */
  private static BufferedImage halves(int left, int right) {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 16; x++) {
      for (int y = 0; y < 8; y++) {
        image.setRGB(x, y, x < 8 ? left : right);
      }
    }
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
