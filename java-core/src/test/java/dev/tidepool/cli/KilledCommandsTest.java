package dev.tidepool.cli;

import static dev.tidepool.cli.KilledWorld.SAND;
import static dev.tidepool.cli.KilledWorld.WOOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.download.FileServer;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of {@code import} and {@code export} are killed right before one of their writes to the
 * disk; then the same command is given again.
 */
class KilledCommandsTest {
  private static final String[] IMPORT =
      line("import bundle.tar.gz --name fern --comfyui ComfyUI --allow-private");
  private static final String[] MERGE = line("import more.tar.gz --env fern --allow-private");
  private static final String[] EXPORT =
      line("export --all -e fern --with-models --offline --force --output out/all.tar.gz");

  @TempDir Path temporary;
  private KilledWorld world;
  private Path home;

  @BeforeEach
  void make() throws IOException {
    world = new KilledWorld(temporary);
    home = world.home;
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void killedImportIsNoEnvironmentAndTheSameCommandMakesIt() throws Exception {
    int writes = world.killed(IMPORT, Integer.MAX_VALUE);
    SortedMap<String, String> whole = world.state();
    for (int point : world.points(writes)) {
      Folders.delete(home.resolve("environments"));
      Files.deleteIfExists(world.model("sand"));
      Files.deleteIfExists(world.model("wood"));
      world.killed(IMPORT, point);
      String what = "killed at write " + point + " of " + writes;
      assertThat(world.model("mine")).as(what).hasContent("mine");
      world.wholeOrNothing(what, "sand", SAND);
      world.wholeOrNothing(what, "wood", WOOD);
      boolean made = world.isMade();
      assertThat(world.run(IMPORT)).as(what).isEqualTo(made ? ExitCode.FAILURE : ExitCode.DONE);
      assertThat(world.state()).as(what).isEqualTo(whole);
      world.noLeftovers(what);
    }
  }

  @Test
  void importKilledRightAfterAModelGotItsNameLeavesNoOtherBesideIt() throws Exception {
    world.killed(IMPORT, Integer.MAX_VALUE);
    SortedMap<String, String> whole = world.state();
    Folders.delete(home.resolve("environments"));
    Files.delete(world.model("wood"));
    world.killed(IMPORT, seen -> Files.exists(world.model("wood")));
    assertThat(home.resolve("models/checkpoints")).isDirectoryContaining("glob:**/.tidepool-*");
    assertThat(world.run(IMPORT)).isZero();
    assertThat(world.state()).isEqualTo(whole);
    world.noLeftovers("killed right after a model got its name");
  }

  @Test
  void importKilledBetweenItsCommitAndItsEndIsMadeByTheSameCommand() throws Exception {
    world.killed(IMPORT, Integer.MAX_VALUE);
    SortedMap<String, String> whole = world.state();
    Path commit = home.resolve("environments/fern/.cec/.git/refs/heads/main");
    int kills = 0;
    for (int after = 0; ; after++) {
      Folders.delete(home.resolve("environments"));
      AtomicInteger left = new AtomicInteger(after);
      world.killed(IMPORT, seen -> Files.exists(commit) && left.getAndDecrement() == 0);
      assertThat(commit).exists();
      if (world.isMade()) {
        break;
      }
      kills++;
      String what = "killed " + after + " writes after the commit";
      assertThat(world.run(IMPORT)).as(what).isZero();
      assertThat(world.state()).as(what).isEqualTo(whole);
      world.noLeftovers(what);
    }
    assertThat(kills).isPositive();
  }

  @Test
  void killedImportIntoAnEnvironmentIsTheOldStateOrTheNew() throws Exception {
    assertThat(world.run(IMPORT)).isZero();
    Path kept = world.folder.resolve("kept");
    KilledWorld.copy(home, kept);
    SortedMap<String, String> old = world.environment();
    int writes = world.killed(MERGE, Integer.MAX_VALUE);
    SortedMap<String, String> changed = world.environment();
    assertThat(changed).isNotEqualTo(old);
    for (int point : world.points(writes)) {
      Folders.delete(home);
      KilledWorld.copy(kept, home);
      world.killed(MERGE, point);
      String what = "killed at write " + point + " of " + writes;
      assertThat(world.run("log", "-e", "fern")).as(what).isZero();
      assertThat(world.environment()).as(what).isIn(old, changed);
      assertThat(world.run(MERGE)).as(what).isZero();
      assertThat(world.environment()).as(what).isEqualTo(changed);
      assertThat(home.resolve("environments/fern"))
          .as(what)
          .isDirectoryNotContaining("glob:**/.tidepool-*");
      world.noLeftovers(what);
    }
  }

  @Test
  void killedExportLeavesTheOldBundleOrTheNew() throws Exception {
    assertThat(world.run(IMPORT)).isZero();
    Path target = Files.createDirectory(world.folder.resolve("out")).resolve("all.tar.gz");
    int writes = world.killed(EXPORT, Integer.MAX_VALUE);
    byte[] whole = Files.readAllBytes(target);
    for (int point : world.points(writes)) {
      byte[] old = ("an older one " + point).getBytes(StandardCharsets.UTF_8);
      Files.write(target, old);
      world.killed(EXPORT, point);
      String what = "killed at write " + point + " of " + writes;
      assertThat(Files.readAllBytes(target)).as(what).isIn(old, whole);
      assertThat(world.run(EXPORT)).as(what).isZero();
      assertThat(target).as(what).hasBinaryContent(whole);
      assertThat(world.folder.resolve("out")).as(what).isDirectoryNotContaining("glob:**/.*");
    }
  }

  @Test
  void importThatIsKilledWhileItDownloadsGoesOnAndFetchesNothingTwice() throws Exception {
    FileServer server = world.server;
    byte[] large = new byte[4 << 20];
    new Random(7).nextBytes(large);
    new BundleForge()
        .model("checkpoints/large.safetensors", large, server.file("/large", large))
        .model("checkpoints/sand.safetensors", SAND, server.file("/sand", SAND))
        .workflow("beach", "sand.safetensors")
        .write(world.folder.resolve("bundle.tar.gz"));
    server.fault("/large", FileServer.Fault.hang(1 << 20));
    Path models = home.resolve("models/checkpoints");
    try (TidepoolProcess process = world.process(List.of(), IMPORT)) {
      process.awaitErr("Downloading 2 files");
      while (!Files.exists(world.model("sand")) || part(models) < 1 << 20) {
        assertThat(process.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      process.kill();
    }
    assertThat(home.resolve("environments")).doesNotExist();
    assertThat(world.model("large")).doesNotExist();
    assertThat(world.run(IMPORT)).isZero();
    assertThat(world.model("large")).hasBinaryContent(large);
    assertThat(server.asked())
        .containsExactlyInAnyOrder("/sand", "/large", "/large bytes=" + (1 << 20) + "-");
    world.noLeftovers("killed while it downloaded");
  }

  /** The bytes of the largest file that is being downloaded. */
  private static long part(Path folder) throws IOException {
    long largest = 0;
    for (Path each : Folders.children(folder)) {
      if (each.toString().endsWith(".part")) {
        try {
          largest = Math.max(largest, Files.size(each));
        } catch (NoSuchFileException e) {
          // The small one lost this name after it got its own.
          assertThat(each).doesNotExist();
        }
      }
    }
    return largest;
  }

  private static String[] line(String command) {
    return (command + " --no-interactive").split(" ");
  }
}
