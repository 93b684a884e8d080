package dev.tidepool.suite;

import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.Multipart;
import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.RenderMode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Takes the README's picture: the pack's example workflow with a filled profile, after a run. No
 * test: {@code docs/images/screenshot.py} runs it by name.
 */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.NODES_2,
    sharedPage = true)
class ReadmePicture extends PoolSuite {
  private static final List<String> TITLES =
      List.of(
          "Morning",
          "North face",
          "Blue hour",
          "Foothills",
          "Pass road",
          "High camp",
          "Old trail",
          "Summer haze",
          "First light",
          "Last snow",
          "Far ridge",
          "Evening");

  private static final int MARGIN = 40;

  @Test
  void take() throws IOException {
    PoolApi.Profile mountains = pools.create("Mountains");
    pools.create("Portraits");
    Landscape landscape = new Landscape(960, 720);
    for (String title : TITLES) {
      String file = title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".jpg";
      byte[] picture = Pictures.jpeg(landscape.numbered(TITLES.indexOf(title)));
      pools.add(mountains.id(), new Multipart().file("image", file, picture)).successful();
      pools.label(mountains.id(), file, title);
    }
    pools.attachMask(mountains.id(), "blue-hour.jpg", Pictures.png(sunMask()));
    api.settings(Map.of("Comfy.Minimap.Visible", false));
    page.reload();
    Path example = Path.of(System.getProperty("tidepool.pack"), "example_workflows");
    page.graph().load(Files.readString(example.resolve("image-pool.json")));
    ProfileNode profile = new ProfileNode(page.graph().only("PoolProfile"));
    PoolNode pool = new PoolNode(page.graph().only("GridImagePool"));
    profile.choose("Mountains");
    pool.expectCount(TITLES.size());
    pool.activate("blue-hour.jpg");
    page.run().successful();
    page.command("Comfy.Canvas.FitView");
    page.graph().select(new NodeHandle[0]);
    pool.expectPictures();
    page.page().mouse().move(1580, 700);
    page.awaitPictures();
    page.screenshot(Path.of(System.getProperty("tidepool.picture")), page.graph().box(MARGIN));
  }

  private static BufferedImage sunMask() {
    BufferedImage mask = new BufferedImage(960, 720, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = mask.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(270, 20, 400, 400);
    graphics.dispose();
    return mask;
  }
}
