package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.BoundingBox;
import dev.tidepool.harness.NodeHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which images come into a pool. */
class AddingTest extends PoolSuite {
  @TempDir Path folder;
  private PoolNode pool;

  @BeforeEach
  void addNode() {
    pool = PoolNode.add(page, MIDDLE, TOP);
  }

  @Test
  void takesDroppedFiles() {
    List<Path> files = Pictures.files(folder, "one.png", "two.png");
    pool.drop(files.toArray(Path[]::new));
    pool.expectImages("one.png", "two.png");
    assertThat(page.graph().nodes("LoadImage")).isEmpty();
  }

  @Test
  void takesTheImagesInADroppedFolder() throws IOException {
    Path trip = folder.resolve("trip");
    Path day = Files.createDirectories(trip.resolve("day 2"));
    Pictures.files(trip, "img10.png", "img2.png");
    Pictures.files(day, "evening.png");
    Files.writeString(day.resolve("notes.txt"), "no picture");
    pool.dropFromDesktop(trip);
    pool.expectImages("evening.png", "img2.png", "img10.png");
    assertThat(page.graph().nodes("LoadImage")).isEmpty();
  }

  @Test
  void survivesABadFileAmongGoodOnes() throws IOException {
    List<Path> good = Pictures.files(folder, "one.png", "two.png");
    Path bad = Files.writeString(folder.resolve("bad.png"), "no picture at all");
    pool.drop(good.get(0), bad, good.get(1));
    pool.expectImages("one.png", "two.png");
    assertThat(pool.control("pool-progress")).containsText("bad.png");
  }

  @Test
  void takesAPastedPictureWhileTheGridHasTheFocus() {
    copyPicture();
    pool.list().focus();
    page.page().keyboard().press("Control+V");
    pool.expectCount(1);
    assertThat(page.graph().nodes("LoadImage")).isEmpty();
  }

  @Test
  void takesAPastedPictureWhileTheNodeIsSelected() {
    copyPicture();
    page.graph().select(pool.node());
    page.page().keyboard().press("Control+V");
    pool.expectCount(1);
    assertThat(page.graph().nodes("LoadImage")).isEmpty();
  }

  /** Puts a picture on the browser's clipboard. */
  private void copyPicture() {
    page.page()
        .context()
        .grantPermissions(
            List.of("clipboard-read", "clipboard-write"),
            new BrowserContext.GrantPermissionsOptions().setOrigin(api.address().toString()));
    page.page().bringToFront();
    page.page()
        .evaluate(
            """
            async content => {
              const bytes = Uint8Array.from(atob(content), char => char.charCodeAt(0));
              const blob = new Blob([bytes], {type: 'image/png'});
              await navigator.clipboard.write([new ClipboardItem({'image/png': blob})]);
            }
            """,
            Base64.getEncoder().encodeToString(Pictures.png(Pictures.numbered(1, 20, 20))));
  }

  @Test
  void takesTheImageOfAnotherNode() {
    String name = api.upload("sent.png", Pictures.png(Pictures.numbered(5, 64, 48)));
    NodeHandle load = page.graph().add("LoadImage", LEFT, TOP);
    load.setWidget("image", name);
    page.page()
        .waitForFunction(
            "id => app.canvas.graph.nodes.find(node => String(node.id) === id).imgs?.[0]?.complete",
            load.id());
    load.openMenu();
    page.chooseFromMenu("Send to pool", "Image Pool (Grid)");
    pool.expectImages("sent.png");
  }

  @Test
  void givesAFileOfATakenNameAnother() {
    pool.addFiles(Pictures.files(folder, "one.png"));
    pool.addFiles(Pictures.files(folder, "one.png"));
    assertThat(pools.names(pool.poolId())).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void showsEachPictureInItsProportions() {
    pool.addFiles(Pictures.files(folder, "one.png"));
    assertThat(pool.slot("one.png").locator("img"))
        .hasAttribute("src", Pattern.compile("/grid_pool/pools/" + pool.poolId() + "/thumbnail"));
    assertThat(pool.slot("one.png")).hasAttribute("data-picture", Pattern.compile("there|faded"));
    BoundingBox box = pool.slot("one.png").locator("img").boundingBox();
    assertThat(box.width / box.height).isBetween(1.25, 1.42);
  }
}
