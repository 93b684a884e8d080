package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.NodeHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A workflow from elsewhere names models that lie in other folders here. */
@ComfyUiTest(nodes = {"PoolProfile", "GridImagePool"})
class ModelsElsewhereTest {
  private static final String LOADER = "CheckpointLoaderSimple";
  private static final String INPUT = "ckpt_name";
  private static final String HERE = "tidepool-test/sd15/sea.safetensors";
  private static final String THERE = "sea.safetensors";

  private Path folder = Path.of("");

  @BeforeEach
  void putModelsIntoFolders(ComfyUi server) throws IOException {
    folder = server.base().resolve("models/checkpoints/tidepool-test");
    for (String name : new String[] {"sd15/sea.safetensors", "sand-fp16.safetensors"}) {
      Path file = folder.resolve(name);
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
      Files.write(file, new byte[1000]);
    }
  }

  @AfterEach
  void removeThem() throws IOException {
    for (String name : new String[] {"sd15/sea.safetensors", "sd15", "sand-fp16.safetensors", ""}) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  @Test
  void openingItOffersTheFileAndPutsTheNameRight(ComfyPage page) {
    open(page, THERE);
    assertThat(dialog(page)).isVisible();
    assertThat(row(page)).containsText(THERE);
    assertThat(choice(page)).hasValue(HERE);
    page.page().getByTestId("tidepool-models-apply").click();
    assertThat(dialog(page)).hasCount(0);
    assertThat(value(page)).isEqualTo(HERE);
    assertThat(page.workflow().toString()).contains(HERE);
    page.undo();
    assertThat(value(page)).isEqualTo(THERE);
    assertThat(dialog(page)).hasCount(0);
    page.redo();
    assertThat(value(page)).isEqualTo(HERE);
  }

  @Test
  void closingTheDialogChangesNothingAndTheMenuBringsItBack(ComfyPage page) {
    open(page, THERE);
    page.page().getByTestId("tidepool-models-later").click();
    assertThat(dialog(page)).hasCount(0);
    assertThat(value(page)).isEqualTo(THERE);
    page.command("Tidepool.FindModels");
    assertThat(dialog(page)).isVisible();
    page.page().keyboard().press("Escape");
    assertThat(dialog(page)).hasCount(0);
    assertThat(value(page)).isEqualTo(THERE);
  }

  @Test
  void suggestionIsOnlyTakenWhenItIsChosen(ComfyPage page) {
    open(page, "sand.safetensors");
    assertThat(choice(page)).hasValue("");
    assertThat(page.page().getByTestId("tidepool-models-apply")).isDisabled();
    choice(page).selectOption("tidepool-test/sand-fp16.safetensors");
    page.page().getByTestId("tidepool-models-apply").click();
    assertThat(dialog(page)).hasCount(0);
    assertThat(value(page)).isEqualTo("tidepool-test/sand-fp16.safetensors");
  }

  @Test
  void modelInsideASubgraphIsPutRightToo(ComfyPage page) {
    NodeHandle loader = page.graph().add(LOADER, PoolSuite.LEFT, PoolSuite.TOP);
    loader.setWidget(INPUT, THERE);
    page.graph().convertToSubgraph(loader);
    String workflow = page.workflow().toString();
    page.graph().clear();
    page.graph().load(workflow);
    assertThat(row(page)).hasCount(1);
    page.page().getByTestId("tidepool-models-apply").click();
    assertThat(dialog(page)).hasCount(0);
    assertThat(page.workflow().toString()).contains(HERE).doesNotContain("\"" + THERE + "\"");
    assertThat(page.prompt().toString()).contains(HERE);
  }

  @Test
  void modelThatNothingHereIsLikeIsLeftToComfyUi(ComfyPage page) {
    open(page, "nothing-like-it.safetensors");
    page.command("Tidepool.FindModels");
    assertThat(page.toasts().with("no file here looks like them")).isVisible();
    assertThat(dialog(page)).hasCount(0);
  }

  private static void open(ComfyPage page, String model) {
    page.graph()
        .load(
            """
            {"version": 0.4, "last_node_id": 1, "last_link_id": 0, "links": [], "groups": [],
             "nodes": [{"id": 1, "type": "%s", "pos": [100, 200], "size": [320, 100], "flags": {}, "order": 0,
               "mode": 0, "inputs": [], "properties": {}, "widgets_values": ["%s"],
               "outputs": [{"name": "MODEL", "type": "MODEL", "links": []},
                 {"name": "CLIP", "type": "CLIP", "links": []}, {"name": "VAE", "type": "VAE", "links": []}]}]}
            """
                .formatted(LOADER, model));
  }

  private static String value(ComfyPage page) {
    return page.graph().only(LOADER).widget(INPUT).asText();
  }

  private static Locator dialog(ComfyPage page) {
    return page.page().getByTestId("tidepool-models-dialog");
  }

  private static Locator row(ComfyPage page) {
    return page.page().getByTestId("tidepool-models-row");
  }

  private static Locator choice(ComfyPage page) {
    return page.page().getByTestId("tidepool-models-choice");
  }
}
