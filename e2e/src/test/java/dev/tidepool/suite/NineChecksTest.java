package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.Multipart;
import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.PixelDifference;
import dev.tidepool.harness.PromptResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nine checks that the two nodes have to pass. */
class NineChecksTest extends PoolSuite {
  @TempDir Path folder;

  private static Path base(ComfyUi server) {
    return server.base().resolve("input/grid_pool");
  }

  @Test
  void check1BothNodesStandUnderTheirCategory() {
    assertThat(api.objectInfo("PoolProfile").path("category").asText()).isEqualTo("Datasete Gates");
    assertThat(api.objectInfo("GridImagePool").path("category").asText())
        .isEqualTo("Datasete Gates");
    String library = "Workspace.ToggleSidebarTab.node-library";
    page.command(library);
    Locator tab = page.page().locator(".side-bar-panel");
    tab.getByText("Datasete Gates").click();
    assertThat(tab.getByText("Pool Profile")).isVisible();
    assertThat(tab.getByText("Image Pool (Grid)")).isVisible();
    page.command(library);
  }

  @Test
  void check2CreatingAProfileMakesFolderAndEntryAndOffersIt(ComfyUi server) throws IOException {
    ProfileNode profile = ProfileNode.add(page, LEFT, TOP);
    profile.create("A");
    profile.expectNames("A");
    String id = pools.profile("A").id();
    assertThat(profile.poolId()).isEqualTo(id);
    assertThat(base(server).resolve(id)).isDirectory();
    assertThat(Files.readString(base(server).resolve("profiles.json"))).contains(id, "\"A\"");
  }

  @Test
  void check3AddedImagesLandInTheProfilesFolder(ComfyUi server) {
    Pair pair = addPair(pools.create("A"));
    List<Path> files = Pictures.files(folder, "one.png", "two.png");
    pair.pool().addFiles(files);
    pair.pool().expectImages("one.png", "two.png");
    for (Path file : files) {
      assertThat(base(server).resolve(pair.profile().poolId()).resolve(file.getFileName()))
          .hasSameBinaryContentAs(file);
    }
  }

  @Test
  void check4ChoosingAnotherProfileSwitchesTheGridAndBack() {
    Pair pair = addPair(pools.create("A", "one.png", "two.png"));
    pools.create("B");
    pair.pool().expectImages("one.png", "two.png");
    pair.profile().choose("B");
    pair.pool().expectEmpty();
    pair.profile().choose("A");
    pair.pool().expectImages("one.png", "two.png");
  }

  @Test
  void check5ANewWorkflowShowsTheSameImages() {
    addPair(pools.create("A", "one.png", "two.png")).pool().expectImages("one.png", "two.png");
    page.graph().clear();
    addPair(pools.profile("A")).pool().expectImages("one.png", "two.png");
  }

  @Test
  void check6RenamesDeletesAndDuplicates() {
    Pair pair = addPair(pools.create("A", "one.png", "two.png"));
    pair.profile().rename("Renamed");
    pair.profile().expectNames("Renamed");
    pair.pool().expectImages("one.png", "two.png");

    String original = pair.profile().poolId();
    pair.profile().duplicate("Copy");
    pair.profile().expectNames("Copy", "Renamed");
    pair.pool().expectImages("one.png", "two.png");
    String copy = pools.profile("Copy").id();
    assertThat(copy).isNotEqualTo(original);
    assertThat(pools.image(copy, "one.png")).isEqualTo(pools.image(original, "one.png"));

    pair.pool().expectPictures();
    pair.profile().delete();
    pair.profile().expectChosen("Copy (missing)");
    assertThat(pools.profiles()).extracting(PoolApi.Profile::name).containsExactly("Renamed");
  }

  @Test
  void check7ExportsAndImportsByteForByte() {
    Pair pair = addPair(pools.create("A", "one.png", "two.png"));
    String original = pair.profile().poolId();
    Path archive = pair.profile().export(folder);
    assertThat(archive).hasFileName("A.zip");

    pair.profile().importFile(archive);
    pair.profile().expectChosen("A (2)");
    pair.pool().expectImages("one.png", "two.png");
    String imported = pools.profile("A (2)").id();
    for (String name : List.of("one.png", "two.png")) {
      assertThat(pools.image(imported, name)).isEqualTo(pools.image(original, name));
    }
  }

  @Test
  void check8APoolWithoutAProfileKeepsItsIdOverReload(ComfyUi server) throws IOException {
    PoolNode pool = PoolNode.add(page, MIDDLE, TOP);
    pool.addFiles(Pictures.files(folder, "one.png"));
    String id = pool.ownId();
    assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    pool.expectPool(id);
    pool.expectSource("own");
    try (Stream<Path> images = Files.list(base(server).resolve(id))) {
      assertThat(images).anyMatch(image -> image.endsWith("one.png"));
    }

    String saved = page.workflow().toString();
    page.reload();
    page.graph().load(saved);
    PoolNode reloaded = new PoolNode(page.graph().only("GridImagePool"));
    reloaded.expectImages("one.png");
    assertThat(reloaded.ownId()).isEqualTo(id);
  }

  @Test
  void check9RunningGivesImageAndMaskOfTheActiveSlot() {
    PoolApi.Profile profile = pools.create("A", "one.png");
    BufferedImage picture = Pictures.transparent(7, 40, 24);
    pools.add(profile.id(), new Multipart().file("image", "clear.png", Pictures.png(picture)));
    Pair pair = addPair(profile);
    pair.pool().activate("clear.png");
    // Where alpha becomes a mask, ComfyUI's own rounding decides: its own node is the measure.
    NodeHandle own = page.graph().add("LoadImage", MIDDLE, 700);
    own.setWidget("image", api.upload("clear.png", Pictures.png(picture)));
    Outputs outputs = Outputs.of(page, pair.pool().node(), "image", "mask", TOP);
    Outputs expected = Outputs.of(page, own, "IMAGE", "MASK", 700);

    PromptResult result = page.run().successful();

    assertThat(PixelDifference.between(picture, outputs.image(result))).isEmpty();
    assertThat(PixelDifference.between(expected.image(result), outputs.image(result))).isEmpty();
    assertThat(PixelDifference.between(expected.mask(result), outputs.mask(result))).isEmpty();
  }
}
