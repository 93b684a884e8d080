package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import dev.tidepool.harness.PixelDifference;
import dev.tidepool.harness.PromptResult;
import java.awt.image.BufferedImage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** ComfyUI's own mask editor on one slot. */
class MaskTest extends PoolSuite {
  @Test
  void paintsAMaskForASlot() {
    PoolNode pool = PoolNode.add(page, MIDDLE, TOP);
    pools.add(pool.ownId(), "a.png", "b.png");
    pool.expectImages("a.png", "b.png");
    pool.activate("b.png");
    pool.control("pool-mask").click();
    Locator editor = page.page().getByTestId("mask-editor-root");
    paintInTheMiddle(editor);
    page.dialog().locator("button").getByText("Save", exactly()).click();
    assertThat(editor).isHidden();
    assertThat(pool.slot("b.png")).hasAttribute("data-mask", "true");
    assertThat(pool.slot("a.png")).hasAttribute("data-mask", "false");

    Outputs outputs = Outputs.of(page, pool.node(), "image", "mask", TOP);
    PromptResult result = page.run().successful();
    BufferedImage mask = outputs.mask(result);
    assertThat(mask.getRGB(mask.getWidth() / 2, mask.getHeight() / 2) & 0xff).isGreaterThan(200);
    assertThat(mask.getRGB(0, 0) & 0xff).isZero();
    assertThat(PixelDifference.between(Pictures.numbered(2, 64, 48), outputs.image(result)))
        .isEmpty();
  }

  private void paintInTheMiddle(Locator editor) {
    // It tells the picture's size when it is ready to be painted on.
    assertThat(editor).containsText(Pattern.compile("64\\s*[x×]\\s*48"));
    Locator canvas = editor.locator("canvas").last();
    assertThat(canvas).isVisible();
    BoundingBox box = page.settledBox(canvas);
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    Mouse mouse = page.page().mouse();
    mouse.move(x - 60, y);
    mouse.down();
    mouse.move(x + 60, y, new Mouse.MoveOptions().setSteps(8));
    mouse.up();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}
