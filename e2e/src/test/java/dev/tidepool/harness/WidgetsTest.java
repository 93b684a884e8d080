package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The controls of ComfyUI's own widgets, worked by mouse and keyboard. */
@ComfyUiTest(packs = false, nodes = "LoadImage", sharedPage = true)
class WidgetsTest {
  @Test
  void typesNumbers(ComfyPage page) {
    NodeHandle scale = page.graph().add("ImageScale", 100, 100);
    scale.control("width").type("640");
    assertThat(scale.widget("width").asInt()).isEqualTo(640);
    assertThat(scale.widget("height").asInt()).isEqualTo(512);
    page.undo();
    assertThat(scale.control("width").value().asInt()).isEqualTo(512);
  }

  @Test
  void typesALine(ComfyPage page) {
    NodeHandle save = page.graph().add("SaveImage", 100, 100);
    save.control("filename_prefix").type("typed/by hand");
    assertThat(save.widget("filename_prefix").asText()).isEqualTo("typed/by hand");
  }

  @Test
  void typesSeveralLines(ComfyPage page) {
    NodeHandle replace = page.graph().add("RegexReplace", 100, 100);
    replace.control("regex_pattern").type("one\ntwo");
    assertThat(replace.widget("regex_pattern").asText()).isEqualTo("one\ntwo");
    assertThat(replace.widget("string").asText()).isEmpty();
  }

  @Test
  void turnsASwitch(ComfyPage page) {
    NodeHandle replace = page.graph().add("RegexReplace", 100, 100);
    replace.control("case_insensitive").toggle(false);
    assertThat(replace.widget("case_insensitive").asBoolean()).isFalse();
    replace.control("case_insensitive").toggle(false);
    assertThat(replace.widget("case_insensitive").asBoolean()).isFalse();
    replace.control("case_insensitive").toggle(true);
    assertThat(replace.widget("case_insensitive").asBoolean()).isTrue();
  }

  @Test
  void choosesFromAList(ComfyPage page) {
    NodeHandle scale = page.graph().add("ImageScale", 100, 100);
    scale.control("upscale_method").choose("bicubic");
    scale.control("crop").choose("center");
    assertThat(scale.widget("upscale_method").asText()).isEqualTo("bicubic");
    assertThat(scale.widget("crop").asText()).isEqualTo("center");
  }

  @Test
  void choosesAnImage(ComfyPage page, ComfyApi api) {
    String name = api.upload("chosen.png", TestImages.png(TestImages.small(5)));
    // The lists of files are read when the page is.
    page.reload();
    page.graph().clear();
    NodeHandle load = page.graph().add("LoadImage", 100, 100);
    load.control("image").choose("example.png");
    load.control("image").choose(name);
    assertThat(load.widget("image").asText()).isEqualTo(name);
  }
}
