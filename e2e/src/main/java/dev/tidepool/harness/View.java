package dev.tidepool.harness;

import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.Optional;

/** Which part of the graph is on screen, and pictures of it. */
final class View {
  private final ComfyPage page;

  View(ComfyPage page) {
    this.page = page;
  }

  /** Moves and scales the view so that all nodes are on screen, and waits until it stands still. */
  void fit() {
    page.command("Comfy.Canvas.FitView");
    String[] last = {""};
    Patience.get(
        "the view to stand still",
        Patience.USUAL,
        () -> {
          page.settle();
          String before = last[0];
          last[0] = state();
          return before.equals(last[0]) ? Optional.of(true) : Optional.empty();
        });
  }

  private String state() {
    return String.valueOf(
        page.page().evaluate("() => [app.canvas.ds.scale, ...app.canvas.ds.offset].join()"));
  }

  /**
   * Takes a picture of a part of the screen.
   *
   * @throws AssertionError when it is not on screen as a whole
   */
  void screenshot(String what, Path file, BoundingBox part) {
    if (!shows(part)) {
      throw new AssertionError(what + " is not on screen as a whole; call page.graph().fit()");
    }
    page.settle();
    page.screenshot(file, part);
  }

  boolean shows(BoundingBox part) {
    int width = page.page().viewportSize().width;
    int height = page.page().viewportSize().height;
    return part.x >= 0
        && part.y >= 0
        && part.x + part.width <= width
        && part.y + part.height <= height;
  }
}
