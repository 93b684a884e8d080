package dev.tidepool.suite;

import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.PromptResult;
import java.awt.image.BufferedImage;

/** Nodes that save the image and the mask of a node. */
record Outputs(ComfyApi api, NodeHandle images, NodeHandle masks) {
  /** Adds them to the graph on screen, at this height. */
  static Outputs of(ComfyPage page, NodeHandle node, String image, String mask, int top) {
    NodeHandle images = page.graph().add("SaveImage", PoolSuite.RIGHT, top);
    NodeHandle toImage = page.graph().add("MaskToImage", PoolSuite.RIGHT + 300, top);
    NodeHandle masks = page.graph().add("SaveImage", PoolSuite.RIGHT + 600, top);
    page.graph().connect(node, image, images, "images");
    page.graph().connect(node, mask, toImage, "mask");
    page.graph().connect(toImage, "IMAGE", masks, "images");
    return new Outputs(page.api(), images, masks);
  }

  BufferedImage image(PromptResult result) {
    return api.image(result.images(images.id()).get(0));
  }

  BufferedImage mask(PromptResult result) {
    return api.image(result.images(masks.id()).get(0));
  }
}
