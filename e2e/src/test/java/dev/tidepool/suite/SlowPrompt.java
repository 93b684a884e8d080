package dev.tidepool.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.ComfyApi;

/**
 * A graph that computes for minutes with ComfyUI's own nodes, so that others have to wait until it
 * is interrupted.
 */
record SlowPrompt(ComfyApi api) {
  private static final int BLURS = 300;

  ObjectNode graph() {
    ObjectNode graph = api.object();
    // Another colour each time, or the cache has the answer.
    ObjectNode empty = graph.putObject("empty").put("class_type", "EmptyImage").putObject("inputs");
    empty.put("width", 1024).put("height", 1024).put("batch_size", 1);
    empty.put("color", (int) (System.nanoTime() & 0xffffff));
    String before = "empty";
    for (int i = 0; i < BLURS; i++) {
      ObjectNode node = graph.putObject("blur-" + i).put("class_type", "ImageBlur");
      ObjectNode blur = node.putObject("inputs").put("blur_radius", 31).put("sigma", 10.0);
      blur.putArray("image").add(before).add(0);
      before = "blur-" + i;
    }
    ObjectNode save = graph.putObject("show").put("class_type", "PreviewImage").putObject("inputs");
    save.putArray("images").add(before).add(0);
    return graph;
  }
}
