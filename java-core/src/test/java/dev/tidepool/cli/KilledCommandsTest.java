package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.download.FileServer;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.io.DeadlyWrites;
import dev.tidepool.io.Folders;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of {@code import} and {@code export} are killed right before one of their writes to the
 * disk; then the same command is given again. Some of all writes by chance, and others each time.
 */
class KilledCommandsTest {
  private static final int ROUNDS = 4;
  private static final int PACKAGES = 10;
  private static final byte[] SAND = "the weights of sand".getBytes(StandardCharsets.UTF_8);
  private static final byte[] WOOD = "the weights of wood".getBytes(StandardCharsets.UTF_8);
  private static final String[] IMPORT =
      line("import bundle.tar.gz --name fern --comfyui ComfyUI --allow-private");
  private static final String[] MERGE = line("import more.tar.gz --env fern --allow-private");
  private static final String[] EXPORT =
      line("export --all -e fern --with-models --offline --force --output out/all.tar.gz");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @TempDir Path temporary;
  private Path folder;
  private Path home;
  private FileServer server;
  private PackageIndex index;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temporary.resolve("Höhle"));
    home = folder.resolve("home");
    server = new FileServer();
    index = FakeComfyUi.index();
    String[] packages = new String[PACKAGES];
    for (int i = 0; i < PACKAGES; i++) {
      index.wheel("reef" + i, "1.0");
      packages[i] = "reef" + i + "==1.0";
    }
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    new BundleForge()
        .model("checkpoints/sand.safetensors", SAND, server.file("/sand", SAND))
        .model("checkpoints/wood.safetensors", WOOD)
        .workflow("beach", "sand.safetensors")
        .workflow("forest", "wood.safetensors")
        .developmentPack("my-nodes", "x = 1\n")
        .write(folder.resolve("bundle.tar.gz"));
    new BundleForge()
        .model("loras/more.safetensors", "more of it".getBytes(StandardCharsets.UTF_8))
        .workflow("more", "sand.safetensors")
        .developmentPack("other-nodes", "y = 1\n", packages)
        .write(folder.resolve("more.tar.gz"));
    Files.createDirectories(home.resolve("models/checkpoints"));
    Files.writeString(home.resolve("models/checkpoints/mine.safetensors"), "mine");
  }

  @AfterEach
  void close() {
    server.close();
    index.close();
  }

  @Test
  void killedImportIsNoEnvironmentAndTheSameCommandMakesIt() throws Exception {
    int writes = killed(IMPORT, Integer.MAX_VALUE);
    SortedMap<String, String> whole = state();
    for (int point : points(writes)) {
      Folders.delete(home.resolve("environments"));
      Folders.delete(home.resolve("models/checkpoints/sand.safetensors"));
      Folders.delete(home.resolve("models/checkpoints/wood.safetensors"));
      killed(IMPORT, point);
      String what = "killed at write " + point + " of " + writes + ", seed " + seed;
      assertThat(home.resolve("models/checkpoints/mine.safetensors")).as(what).hasContent("mine");
      wholeOrNothing(what, "sand.safetensors", SAND);
      wholeOrNothing(what, "wood.safetensors", WOOD);
      boolean made = isMade();
      assertThat(run(IMPORT)).as(what).isEqualTo(made ? ExitCode.FAILURE : ExitCode.DONE);
      assertThat(state()).as(what).isEqualTo(whole);
      noLeftovers(what);
    }
  }

  @Test
  void importKilledBetweenItsCommitAndItsEndIsMadeByTheSameCommand() throws Exception {
    killed(IMPORT, Integer.MAX_VALUE);
    SortedMap<String, String> whole = state();
    Path commit = home.resolve("environments/fern/.cec/.git/refs/heads/main");
    int kills = 0;
    for (int after = 0; ; after++) {
      Folders.delete(home.resolve("environments"));
      AtomicInteger left = new AtomicInteger(after);
      killed(IMPORT, seen -> Files.exists(commit) && left.getAndDecrement() == 0);
      assertThat(commit).exists();
      if (isMade()) {
        break;
      }
      kills++;
      String what = "killed " + after + " writes after the commit";
      assertThat(run(IMPORT)).as(what).isZero();
      assertThat(state()).as(what).isEqualTo(whole);
      noLeftovers(what);
    }
    assertThat(kills).isPositive();
  }

  @Test
  void killedImportIntoAnEnvironmentIsTheOldStateOrTheNew() throws Exception {
    assertThat(run(IMPORT)).isZero();
    Path kept = folder.resolve("kept");
    copy(home, kept);
    SortedMap<String, String> old = environment();
    int writes = killed(MERGE, Integer.MAX_VALUE);
    SortedMap<String, String> changed = environment();
    assertThat(changed).isNotEqualTo(old);
    for (int point : points(writes)) {
      Folders.delete(home);
      copy(kept, home);
      killed(MERGE, point);
      String what = "killed at write " + point + " of " + writes + ", seed " + seed;
      assertThat(run("log", "-e", "fern")).as(what).isZero();
      assertThat(environment()).as(what).isIn(old, changed);
      assertThat(run(MERGE)).as(what).isZero();
      assertThat(environment()).as(what).isEqualTo(changed);
      assertThat(home.resolve("environments/fern"))
          .as(what)
          .isDirectoryNotContaining("glob:**/.tidepool-*");
      noLeftovers(what);
    }
  }

  @Test
  void killedExportLeavesTheOldBundleOrTheNew() throws Exception {
    assertThat(run(IMPORT)).isZero();
    Path target = Files.createDirectory(folder.resolve("out")).resolve("all.tar.gz");
    int writes = killed(EXPORT, Integer.MAX_VALUE);
    byte[] whole = Files.readAllBytes(target);
    for (int point : points(writes)) {
      byte[] old = ("an older one " + point).getBytes(StandardCharsets.UTF_8);
      Files.write(target, old);
      killed(EXPORT, point);
      String what = "killed at write " + point + " of " + writes + ", seed " + seed;
      assertThat(Files.readAllBytes(target)).as(what).isIn(old, whole);
      assertThat(run(EXPORT)).as(what).isZero();
      assertThat(target).as(what).hasBinaryContent(whole);
      assertThat(folder.resolve("out")).as(what).isDirectoryNotContaining("glob:**/.*");
    }
  }

  @Test
  void importThatIsKilledWhileItDownloadsGoesOnAndFetchesNothingTwice() throws Exception {
    byte[] large = new byte[4 << 20];
    random.nextBytes(large);
    new BundleForge()
        .model("checkpoints/large.safetensors", large, server.file("/large", large))
        .model("checkpoints/sand.safetensors", SAND, server.file("/sand", SAND))
        .workflow("beach", "sand.safetensors")
        .write(folder.resolve("bundle.tar.gz"));
    server.fault("/large", FileServer.Fault.hang(1 << 20));
    Path models = home.resolve("models/checkpoints");
    try (TidepoolProcess process =
        new TidepoolProcess(folder, index, TestTools.uvFolder(), IMPORT)) {
      process.awaitErr("Downloading 2 files");
      while (!Files.exists(models.resolve("sand.safetensors")) || part(models) < 1 << 20) {
        assertThat(process.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      process.kill();
    }
    assertThat(home.resolve("environments")).doesNotExist();
    assertThat(models.resolve("large.safetensors")).doesNotExist();
    assertThat(run(IMPORT)).isZero();
    assertThat(models.resolve("large.safetensors")).hasBinaryContent(large);
    assertThat(server.asked())
        .containsExactlyInAnyOrder("/sand", "/large", "/large bytes=" + (1 << 20) + "-");
    noLeftovers("killed while it downloaded");
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

  private int[] points(int writes) {
    assertThat(writes).isGreaterThan(ROUNDS);
    return random.ints(0, writes).distinct().limit(ROUNDS).sorted().toArray();
  }

  private boolean isMade() {
    return Files.exists(home.resolve("environments/fern/.cec/.complete"));
  }

  /** Runs a command, and kills it at a write; answers how many there were until then. */
  private int killed(String[] command, int point) throws Exception {
    return killed(command, each -> each == point);
  }

  private int killed(String[] command, IntPredicate point) throws Exception {
    try (DeadlyWrites writes = DeadlyWrites.listening();
        TidepoolProcess process =
            new TidepoolProcess(
                List.of(writes.option()), folder, index, TestTools.uvFolder(), command)) {
      AtomicBoolean killed = new AtomicBoolean();
      int seen =
          writes.killAt(
              point,
              () -> {
                killed.set(true);
                process.kill();
              });
      if (!killed.get()) {
        assertThat(process.exitCode()).isZero();
      }
      return seen;
    }
  }

  private int run(String... command) throws Exception {
    try (TidepoolProcess process =
        new TidepoolProcess(folder, index, TestTools.uvFolder(), command)) {
      process.restOfOut();
      return process.exitCode();
    }
  }

  private void wholeOrNothing(String what, String name, byte[] content) {
    Path file = home.resolve("models/checkpoints").resolve(name);
    if (Files.exists(file)) {
      assertThat(file).as(what).hasBinaryContent(content);
    }
  }

  private void noLeftovers(String what) throws IOException {
    assertThat(Folders.children(home.resolve("comfydock_cache/imports"))).as(what).isEmpty();
    assertThat(home.resolve("comfydock_cache/downloads/queue.json")).as(what).doesNotExist();
    assertThat(home.resolve("models/checkpoints"))
        .as(what)
        .isDirectoryNotContaining("glob:**/.tidepool*");
  }

  /** What a user has: models, and the environment with the packages of its packs. */
  private SortedMap<String, String> state() throws IOException {
    SortedMap<String, String> state = environment();
    state.putAll(files(home.resolve("models")));
    return state;
  }

  private SortedMap<String, String> environment() throws IOException {
    SortedMap<String, String> files = files(home.resolve("environments/fern"));
    files
        .keySet()
        .removeIf(
            name ->
                (name.startsWith(".venv/") && !name.matches(".*/reef\\d\\.py"))
                    || name.startsWith(".tidepool")
                    || (name.startsWith(".cec/.git/") && !name.contains("/refs/tags/")));
    files.replaceAll((name, text) -> name.contains("/refs/tags/") ? "a version" : text);
    return files;
  }

  private static SortedMap<String, String> files(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path each : walk.filter(one -> !Files.isDirectory(one)).toList()) {
        files.put(folder.relativize(each).toString(), Arrays.toString(Files.readAllBytes(each)));
      }
    }
    return files;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path each : walk.toList()) {
        Files.copy(
            each,
            to.resolve(from.relativize(each).toString()),
            LinkOption.NOFOLLOW_LINKS,
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static String[] line(String command) {
    return (command + " --no-interactive").split(" ");
  }
}
