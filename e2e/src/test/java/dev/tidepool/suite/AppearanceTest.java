package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The nodes fit in with ComfyUI: with its palettes, and at any zoom. */
class AppearanceTest extends PoolSuite {
  /** Least contrast of a text with what lies behind it: WCAG 2.2, success criterion 1.4.3. */
  private static final double CONTRAST = 4.5;

  /** Each visible text below an element with its contrast, as WCAG 2.2 defines it. */
  private static final String CONTRASTS =
      """
      root => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 1;
        const context = canvas.getContext('2d', {willReadFrequently: true});
        const rgba = colour => {
          context.clearRect(0, 0, 1, 1);
          context.fillStyle = colour;
          context.fillRect(0, 0, 1, 1);
          const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
          return [red, green, blue, alpha / 255];
        };
        const over = (top, below) => below.slice(0, 3).map((value, i) => top[i] * top[3] + value * (1 - top[3]));
        const behind = element => {
          const layers = [];
          for (let one = element; one; one = one.parentElement) layers.unshift(rgba(getComputedStyle(one).backgroundColor));
          return layers.reduce((below, top) => over(top, below), [0, 0, 0]);
        };
        const luminance = colour => {
          const [red, green, blue] = colour.map(value => value / 255)
            .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const own = element => element instanceof HTMLSelectElement
          || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const opacity = element => element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
        const texts = [...root.querySelectorAll('*')].filter(element => own(element)
          && element.checkVisibility({visibilityProperty: true, opacityProperty: true})
          && !element.closest(':disabled, option'));
        return JSON.stringify(texts.map(element => {
          const background = behind(element);
          const [red, green, blue, alpha] = rgba(getComputedStyle(element).color);
          const text = over([red, green, blue, alpha * opacity(element)], background);
          const [light, dark] = [luminance(text), luminance(background)].sort((a, b) => b - a);
          return {text: (element.selectedOptions?.[0] ?? element).textContent.trim(), contrast: (light + 0.05) / (dark + 0.05)};
        }));
      }
      """;

  @AfterEach
  void bringBackTheUsualLook() {
    palette("dark");
    zoom(1);
  }

  private void palette(String id) {
    page.page().evaluate("id => app.extensionManager.setting.set('Comfy.ColorPalette', id)", id);
    page.settle();
    // Colours fade into others.
    page.awaitPictures();
  }

  /** Zooms the canvas, with the pool node in view. */
  private void zoom(double scale) {
    page.page()
        .evaluate(
            """
            ({scale, left}) => {
              app.canvas.ds.scale = scale;
              app.canvas.ds.offset = [60 / scale - left, 90 / scale];
              app.canvas.setDirty(true, true);
            }
            """,
            Map.of("scale", scale, "left", MIDDLE));
    page.settle();
  }

  @Test
  void everyTextIsLegibleInDarkAndLight() throws IOException {
    Pair pair = addPair(pools.create("Sea", "one.png", "two.png"));
    pair.pool().expectImages("one.png", "two.png");
    PoolNode empty = PoolNode.add(page, RIGHT, TOP);
    empty.expectEmpty();
    for (String palette : List.of("dark", "light")) {
      palette(palette);
      expectLegible(palette, pair.profile().control("profile-bar"));
      expectLegible(palette, pair.pool().grid());
      expectLegible(palette, empty.grid());
    }
  }

  private static void expectLegible(String palette, Locator element) throws IOException {
    Iterable<JsonNode> texts =
        new ObjectMapper().readTree(String.valueOf(element.evaluate(CONTRASTS)));
    assertThat(texts).as("texts of %s", element).isNotEmpty();
    assertThat(texts)
        .as("texts in the palette %s", palette)
        .allMatch(text -> text.path("contrast").asDouble() >= CONTRAST);
  }

  @Test
  void pointerAndDropsHitWhatTheyAreAimedAtAtAnyZoom() {
    Pair pair = addPair(pools.create("Sea", "a.png", "b.png", "c.png"));
    PoolNode pool = pair.pool();
    pool.expectImages("a.png", "b.png", "c.png");
    for (double scale : List.of(0.5, 1.5, 2.0)) {
      zoom(scale);
      pool.activate("b.png");
      pool.activate("a.png");
      pool.dragBehind("a.png", "c.png");
      pool.expectImages("b.png", "c.png", "a.png");
      pool.dragBehind("a.png", "b.png");
      pool.expectImages("b.png", "a.png", "c.png");
      pool.dragBehind("b.png", "a.png");
      pool.expectImages("a.png", "b.png", "c.png");
    }
  }
}
