package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.KeyboardModifier;
import dev.tidepool.harness.Multipart;
import dev.tidepool.harness.Patience;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys act on images, and never on the node. */
class KeyboardTest extends PoolSuite {
  private static final String[] IMAGES = {"a.png", "b.png", "c.png", "d.png"};

  private PoolNode pool;

  @BeforeEach
  void addNode() {
    pool = PoolNode.add(page, MIDDLE, TOP);
    pools.add(pool.ownId(), IMAGES);
    pool.expectImages(IMAGES);
  }

  @Test
  void arrowsHomeAndEndMoveAndEnterActivates() {
    pool.activate("a.png");
    pool.press("ArrowRight");
    pool.expectSelected("b.png");
    pool.expectActive("a.png");
    pool.press("Enter");
    pool.expectActive("b.png");
    pool.press("End");
    pool.expectSelected("d.png");
    pool.press("ArrowLeft");
    pool.expectSelected("c.png");
    pool.press("Home");
    pool.expectSelected("a.png");
    pool.press("Enter");
    pool.expectActive("a.png");
    Patience.until(
        "the server to have a.png active",
        Patience.USUAL,
        () -> pools.active(pool.ownId()).equals("a.png"));
  }

  @Test
  void spaceOpensALargePreviewAndEscapeClosesIt() {
    pool.activate("b.png");
    pool.press("Space");
    Locator preview = page.page().locator(TestId.of("pool-preview"));
    assertThat(preview).isVisible();
    assertThat(preview.locator("img")).hasAttribute("alt", "b");
    page.page().keyboard().press("ArrowRight");
    assertThat(preview.locator("img")).hasAttribute("alt", "c");
    page.page().keyboard().press("Escape");
    assertThat(preview).isHidden();
    assertThat(pool.list()).isFocused();
  }

  @Test
  void thePreviewOfAPictureThatBrowsersCannotShowIsItsThumbnail() {
    Multipart tiff = new Multipart();
    tiff.file("image", "e.tif", Pictures.tiff(Pictures.numbered(5, 640, 480)));
    pools.add(pool.ownId(), tiff).successful();
    pool.expectCount(5);
    pool.press("End");
    pool.press("Space");
    Locator picture = page.page().locator(TestId.of("pool-preview")).locator("img");
    assertThat(picture).hasAttribute("src", Pattern.compile("/thumbnail\\?.*size=512"));
    assertThat(picture).hasJSProperty("naturalWidth", 512);
    page.page().keyboard().press("Escape");
  }

  @Test
  void deleteRemovesTheImageAndUndoBringsItBack() {
    page.graph().select(pool.node());
    pool.activate("b.png");
    pool.press("Delete");
    pool.expectImages("a.png", "c.png", "d.png");
    assertThat(pool.node().exists()).isTrue();
    pool.undo();
    pool.expectImages(IMAGES);
    assertThat(pools.names(pool.ownId())).containsExactly(IMAGES);
  }

  @Test
  void deleteNeverDeletesTheNode() {
    page.graph().select(pool.node());
    pool.list().focus();
    pool.press("Control+A");
    pool.press("Delete");
    pool.expectEmpty();
    pool.control("pool-add").focus();
    page.page().keyboard().press("Delete");
    page.page().keyboard().press("Backspace");
    page.settle();
    assertThat(pool.node().exists()).isTrue();
  }

  @Test
  void selectsManyWithShiftControlAndAll() {
    pool.activate("a.png");
    pool.clickWith(KeyboardModifier.SHIFT, "c.png");
    pool.expectSelected("a.png", "b.png", "c.png");
    pool.expectActive("a.png");
    pool.clickWith(KeyboardModifier.CONTROL, "b.png");
    pool.expectSelected("a.png", "c.png");
    pool.press("Control+A");
    pool.expectSelected(IMAGES);
    pool.press("Escape");
    pool.expectSelected();
    pool.press("Home");
    pool.press("Shift+End");
    pool.expectSelected(IMAGES);
  }

  @Test
  void altAndArrowsMoveAnImage() {
    pool.activate("a.png");
    pool.press("Alt+ArrowRight");
    pool.expectImages("b.png", "a.png", "c.png", "d.png");
    pool.press("Alt+End");
    pool.expectImages("b.png", "c.png", "d.png", "a.png");
  }

  @Test
  void f2EditsTheLabel() {
    pool.activate("b.png");
    pool.press("F2");
    Locator input = pool.control("pool-slot-label-input");
    assertThat(input).isFocused();
    input.fill("Bee");
    input.press("Enter");
    assertThat(pool.slot("b.png").locator(TestId.of("pool-slot-label"))).hasText("Bee");
    assertThat(pool.list()).isFocused();
  }
}
