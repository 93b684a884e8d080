package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.KnownMessage;
import dev.tidepool.harness.Patience;
import dev.tidepool.harness.RenderMode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ComfyUI is killed while it works and started again: the page recovers by itself, what was
 * confirmed is there, and nothing half is.
 */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    environment = RestartTest.SERVER_OF_ITS_OWN,
    sharedPage = true)
class RestartTest extends PoolSuite {
  /** Settings that no other class has, for a server that others do not rely on. */
  static final String SERVER_OF_ITS_OWN = "TIDEPOOL_TESTED=breakdowns";

  private static final int UPLOADED = 320;
  private static final int PER_REQUEST = 16;
  private static final int ARCHIVED = 4000;
  private static final int LATENCY_MILLIS = 250;

  @TempDir Path folder;

  @Test
  void anUploadThatIsCutOffKeepsWhatWasConfirmedAndNothingHalf(ComfyUi server) {
    PoolApi.Profile sea = pools.create("Sea");
    Pair pair = addPair(sea);
    expectOutage();
    String[] names =
        IntStream.range(0, UPLOADED)
            .mapToObj(i -> "image-%03d.png".formatted(i))
            .toArray(String[]::new);
    List<Path> files = Pictures.files(folder, names);
    // Every answer takes a while, so that the kill comes before the last one.
    SlowNetwork network = new SlowNetwork(page.page());
    network.slowDown(LATENCY_MILLIS, SlowNetwork.UNLIMITED);
    pair.pool().control("pool-file-input").setInputFiles(files.toArray(Path[]::new));
    Locator bar = pair.pool().control("pool-progress").locator("[role=progressbar]");
    page.page()
        .waitForFunction(
            "bar => Number(bar.getAttribute('aria-valuenow')) >= 32", bar.elementHandle());
    server.kill();
    assertThat(pair.pool().control("pool-progress")).hasAttribute("data-running", "false");
    assertThat(pair.pool().control("pool-progress")).containsText("could not be added");
    network.close();
    int refused =
        pair.pool().control("pool-progress").locator(".tidepool-progress-refused").count();
    int confirmed = UPLOADED - refused;
    server.start();

    List<String> there = pools.names(sea.id());
    assertThat(confirmed).as("the kill came in the middle").isBetween(32, UPLOADED - 1);
    assertThat(there)
        .as("what was confirmed")
        .startsWith(List.of(names).subList(0, confirmed).toArray(String[]::new));
    // The answer to the last request may be what the kill cut off.
    assertThat(there.size() - confirmed).as("whole requests only").isIn(0, PER_REQUEST);
    expectWhole(server, sea.id());
    pair.pool().expectCount(there.size());
    pair.profile().expectCount(there.size());
    pair.pool().addFiles(files.subList(UPLOADED - 5, UPLOADED));
    pair.pool().expectPictures();
    assertThat(pools.names(sea.id())).hasSize(there.size() + 5);
  }

  @Test
  void anImportThatIsCutOffLeavesNoProfileAndWorksAfterwards(ComfyUi server) throws IOException {
    PoolApi.Profile sea = pools.create("Sea", "sea.png");
    Pair pair = addPair(sea);
    pair.pool().expectPictures();
    Path archive = archive("Land");
    Path staging = server.base().resolve("input/grid_pool/.staging");
    expectOutage();
    pair.profile().importFile(archive);
    Patience.until("an import under way", Patience.USUAL, () -> unpacked(staging) > 100);
    server.kill();
    assertThat(page.toasts().with("does not answer")).isVisible();
    server.start();

    assertThat(pools.profiles()).containsExactly(sea);
    assertThat(server.base().resolve("input/grid_pool"))
        .isDirectoryNotContaining(
            path ->
                Files.isDirectory(path)
                    && !List.of(sea.id(), ".staging", ".trash")
                        .contains(path.getFileName().toString()));
    pair.profile().expectNames("Sea");
    pair.pool().expectImages("sea.png");
    pair.profile().importFile(archive);
    pair.profile().expectChosen("Land");
    pair.pool().expectCount(ARCHIVED);
    expectWhole(server, pools.profile("Land").id());
  }

  @Test
  void profilesAreSwitchedWhileTheServerIsAway(ComfyUi server) {
    pools.create("Land", "land-1.png", "land-2.png");
    PoolApi.Profile sea = pools.create("Sea", "sea-1.png", "sea-2.png", "sea-3.png");
    pools.create("Sky", "sky.png");
    Pair pair = addPair(sea);
    pair.pool().expectPictures();
    expectOutage();
    for (String name : List.of("Land", "Sea", "Land", "Sea")) {
      pair.profile().choose(name);
    }
    server.kill();
    // Known from before, and still to be seen.
    pair.pool().expectImages("sea-1.png", "sea-2.png", "sea-3.png");
    pair.profile().choose("Sky");
    assertThat(pair.pool().grid()).hasAttribute("data-state", "error");
    assertThat(pair.pool().control("pool-retry")).isVisible();
    pair.profile().choose("Sea");
    pair.pool().slot("sea-2.png").click();
    assertThat(page.toasts().with("does not answer")).not().hasCount(0);
    pair.pool().expectActive("sea-1.png");
    pair.profile().choose("Sky");
    server.start();

    pair.pool().expectImages("sky.png");
    pair.pool().expectPictures();
    pair.profile().choose("Sea");
    pair.pool().expectImages("sea-1.png", "sea-2.png", "sea-3.png");
    pair.pool().expectActive("sea-1.png");
    pair.pool().activate("sea-2.png");
    expectWhole(server, sea.id());
  }

  private void expectOutage() {
    page.console()
        .expect(
            new KnownMessage(
                Pattern.compile(
                    "ERR_(CONNECTION|SOCKET)_[A-Z_]+|ERR_EMPTY_RESPONSE|ERR_ABORTED"
                        + "|WebSocket|Failed to fetch"),
                "the test kills the server"));
  }

  /** Demands that what the server lists lies on the disk, and nothing else beside it. */
  private void expectWhole(ComfyUi server, String pool) {
    Path lying = server.base().resolve("input/grid_pool").resolve(pool);
    List<String> slots = pools.names(pool);
    pools
        .pool(pool)
        .path("slots")
        .forEach(
            slot ->
                assertThat(lying.resolve(slot.path("name").asText()))
                    .hasSize(slot.path("bytes").asLong()));
    assertThat(names(lying))
        .filteredOn(name -> !name.startsWith("."))
        .filteredOn(name -> !List.of("pool.json", "profile_meta.json").contains(name))
        .containsExactlyInAnyOrderElementsOf(slots);
  }

  /** How many files are unpacked so far. */
  private static long unpacked(Path staging) {
    return names(staging)
        .filter(name -> name.startsWith("new-"))
        .mapToLong(name -> names(staging.resolve(name)).count())
        .sum();
  }

  private static Stream<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? Stream.empty() : Stream.of(names);
  }

  /** An archive of many small pictures, which takes a moment to unpack. */
  private Path archive(String profile) {
    Path file = folder.resolve(profile + ".zip");
    byte[] picture = Pictures.png(Pictures.numbered(1, 8, 8));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("profile_meta.json"));
      zip.write("{\"name\":\"%s\"}".formatted(profile).getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < ARCHIVED; i++) {
        zip.putNextEntry(new ZipEntry("pool/image-%04d.png".formatted(i)));
        zip.write(picture);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
