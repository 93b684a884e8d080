package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.KnownMessage;
import dev.tidepool.harness.RenderMode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the pools is full: the page says so, nothing is lost, and all goes on when there is
 * room. Mounts a small disk of its own, for which it has to run as root.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    environment = RestartTest.SERVER_OF_ITS_OWN,
    sharedPage = true)
class FullDiskTest extends PoolSuite {
  @TempDir Path folder;
  private SmallDisk disk;
  private Pair pair;
  private PoolApi.Profile sea;

  @BeforeEach
  void mountASmallDisk(ComfyUi server) throws Exception {
    disk =
        SmallDisk.mount(server, Files.createDirectories(server.base().resolve("input/grid_pool")));
    sea = pools.create("Sea", "one.png", "two.png");
    pair = addPair(sea);
    pair.pool().expectPictures();
    page.console()
        .expect(new KnownMessage(Pattern.compile("status of 507"), "the test fills the disk"));
  }

  @AfterEach
  void unmount() throws Exception {
    // The page may be gone after a failure, and shows another pool soon in any case.
    disk.unmount();
  }

  @Test
  void anUploadThatFindsNoRoomIsRefusedAndLeavesTheOthers() throws IOException {
    pair.pool().drop(noise("large.png", 1_000_000), noise("larger.png", 1_400_000));
    Locator refusal = pair.pool().control("pool-progress");
    assertThat(refusal).containsText("no space is left");
    assertThat(refusal.locator(".tidepool-progress-refused")).hasCount(2);
    pair.pool().expectImages("one.png", "two.png");
    assertThat(pools.names(sea.id())).containsExactly("one.png", "two.png");

    pair.pool().addFiles(List.of(noise("small.png", 300_000)));
    pair.pool().expectPictures();
    assertThat(pools.names(sea.id())).containsExactly("one.png", "two.png", "small.png");
  }

  @Test
  void aChangeThatCannotBeWrittenIsTakenBack() throws IOException {
    Path filler = fill();
    pair.pool().slot("two.png").click();
    expectToast();
    pair.pool().expectActive("one.png");
    assertThat(pools.active(sea.id())).isEqualTo("one.png");
    pair.pool().press("Delete");
    pair.pool().expectImages("one.png", "two.png");
    pair.profile().control("profile-create").click();
    page.answerPrompt("Land");
    pair.profile().expectNames("Sea");
    assertThat(pools.names(sea.id())).containsExactly("one.png", "two.png");

    Files.delete(filler);
    pair.pool().activate("two.png");
    pair.profile().create("Land");
    pair.pool().expectEmpty();
    pair.pool().addFiles(Pictures.files(folder, "land.png"));
    pair.profile().choose("Sea");
    pair.pool().expectImages("one.png", "two.png");
    pair.pool().expectPictures();
  }

  private void expectToast() {
    Locator toast = page.toasts().with("no space is left");
    assertThat(toast.first()).isVisible();
  }

  /** Writes until nothing more can be written. */
  private Path fill() throws IOException {
    Path filler = disk.folder().resolve(".filler");
    byte[] block = new byte[4096];
    try {
      while (true) {
        Files.write(filler, block, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
      return filler;
    }
  }

  /** A picture of about so many bytes, which cannot be packed. */
  private Path noise(String name, int bytes) throws IOException {
    int edge = (int) Math.sqrt(bytes / 3.0);
    BufferedImage image = new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(bytes);
    for (int i = 0; i < edge * edge; i++) {
      image.setRGB(i % edge, i / edge, random.nextInt());
    }
    return Files.write(folder.resolve(name), Pictures.png(image));
  }
}
