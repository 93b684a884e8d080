package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.download.FileServer;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.io.DeadlyWrites;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Seeds;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A workspace with a model of the user's, two bundles beside it, and processes of the command line
 * that are killed right before one of their writes to the disk.
 */
final class KilledWorld implements AutoCloseable {
  static final byte[] SAND = "the weights of sand".getBytes(StandardCharsets.UTF_8);
  static final byte[] WOOD = "the weights of wood".getBytes(StandardCharsets.UTF_8);
  private static final int POINTS = Integer.getInteger("tidepool.points", 4);
  private static final int PACKAGES = 10;

  final FileServer server = new FileServer();
  final Path folder;
  final Path home;
  private final PackageIndex index = FakeComfyUi.index();
  private final Random random = new Random(Seeds.seed());

  KilledWorld(Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("Höhle"));
    home = folder.resolve("home");
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
    Files.createDirectories(model("mine").resolveSibling(""));
    Files.writeString(model("mine"), "mine");
  }

  @Override
  public void close() {
    server.close();
    index.close();
  }

  Path model(String name) {
    return home.resolve("models/checkpoints/" + name + ".safetensors");
  }

  /** Some of that many writes, the same in every run; more with {@code -Dtidepool.points=…}. */
  List<Integer> points(int writes) {
    assertThat(writes).isPositive();
    List<Integer> points = new ArrayList<>(IntStream.range(0, writes).boxed().toList());
    Collections.shuffle(points, random);
    return points.subList(0, Math.min(POINTS, writes)).stream().sorted().toList();
  }

  /** Runs a command, and kills it at a write; answers how many there were until then. */
  int killed(String[] command, int point) throws Exception {
    return killed(command, each -> each == point);
  }

  int killed(String[] command, IntPredicate point) throws Exception {
    try (DeadlyWrites writes = DeadlyWrites.listening();
        TidepoolProcess process = process(List.of(writes.option()), command)) {
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

  int run(String... command) throws Exception {
    try (TidepoolProcess process = process(List.of(), command)) {
      process.restOfOut();
      return process.exitCode();
    }
  }

  TidepoolProcess process(List<String> options, String... command) throws IOException {
    return new TidepoolProcess(options, folder, index, TestTools.uvFolder(), command);
  }

  boolean isMade() {
    return Files.exists(home.resolve("environments/fern/.cec/.complete"));
  }

  void wholeOrNothing(String what, String name, byte[] content) {
    if (Files.exists(model(name))) {
      assertThat(model(name)).as(what).hasBinaryContent(content);
    }
  }

  void noLeftovers(String what) throws IOException {
    assertThat(Folders.children(home.resolve("comfydock_cache/imports"))).as(what).isEmpty();
    assertThat(home.resolve("comfydock_cache/downloads/queue.json")).as(what).doesNotExist();
    assertThat(home.resolve("models/checkpoints"))
        .as(what)
        .isDirectoryNotContaining("glob:**/.tidepool*");
  }

  /** What a user has: models, and the environment with the packages of its packs. */
  SortedMap<String, String> state() throws IOException {
    SortedMap<String, String> state = environment();
    state.putAll(files(home.resolve("models")));
    return state;
  }

  SortedMap<String, String> environment() throws IOException {
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

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path each : walk.toList()) {
        Files.copy(
            each,
            to.resolve(from.relativize(each).toString()),
            LinkOption.NOFOLLOW_LINKS,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
