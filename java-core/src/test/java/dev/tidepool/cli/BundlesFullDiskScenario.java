package dev.tidepool.cli;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.download.FileServer;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.io.Ballast;
import dev.tidepool.io.Folders;
import dev.tidepool.python.TestTools;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Runs on a small device: an import or an export is tried with ever more pages left. */
public final class BundlesFullDiskScenario {
  private static final int MOST_LEFT = 500;
  private static final int STEP = 15;
  private static final int PAGE = 4096;
  private static final int LARGE = 120_000;

  private final Path disk;
  private final Path elsewhere;
  private final Ballast ballast;
  private final FileServer server = new FileServer();
  private final Set<String> seen = new TreeSet<>();
  private int failed;

  private BundlesFullDiskScenario(Path disk, Path elsewhere) throws IOException {
    this.disk = disk;
    this.elsewhere = elsewhere;
    this.ballast = new Ballast(disk);
    FakeComfyUi.write(elsewhere.resolve("ComfyUI"), "0.4.0");
    byte[] sand = random(1);
    forge().model("loras/sand.safetensors", sand, server.file("/sand", sand)).write(bundle("new"));
    forge().model("loras/wood.safetensors", random(2)).write(bundle("more"));
  }

  private static BundleForge forge() throws IOException {
    return new BundleForge()
        .model("checkpoints/sea.safetensors", random(3))
        .workflow("beach", "sea.safetensors")
        .developmentPack("my-nodes", "x = '" + "x".repeat(9 * PAGE) + "'\n");
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[LARGE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Path bundle(String name) {
    return elsewhere.resolve(name + ".tar.gz");
  }

  /**
   * Arguments: the device's folder, one elsewhere, and {@code new}, {@code merge}, {@code export}.
   */
  public static void main(String[] arguments) throws IOException {
    BundlesFullDiskScenario scenario =
        new BundlesFullDiskScenario(Path.of(arguments[0]), Path.of(arguments[1]));
    try {
      switch (arguments[2]) {
        case "new" -> scenario.imports("import new.tar.gz --name fern", false);
        case "merge" -> scenario.imports("import more.tar.gz --env fern", true);
        default -> scenario.exports();
      }
    } finally {
      scenario.server.close();
    }
    System.out.println("everything tried, " + scenario.failed + " failures: " + scenario.seen);
  }

  private void imports(String command, boolean merge) throws IOException {
    Path home = disk.resolve("home");
    String line = command + " --comfyui ComfyUI --allow-private --no-interactive";
    boolean done = false;
    for (int left = 0; !done; left += STEP) {
      require(left < MOST_LEFT, "it never succeeded: " + seen);
      Folders.delete(home);
      Files.createDirectories(home.resolve("models/checkpoints"));
      Files.writeString(home.resolve("models/checkpoints/mine.safetensors"), "mine");
      if (merge) {
        require(session(home).run(small()).exitCode() == 0, "no environment");
      }
      SortedMap<String, String> before = state(home);
      ballast.leavePages(left);
      Session.Run run = session(home).run(line);
      done = run.exitCode() == 0;
      if (!done) {
        failed(run, left);
        SortedMap<String, String> after = state(home);
        after.keySet().removeIf(name -> name.startsWith("models/") && !before.containsKey(name));
        boolean gone = !Files.exists(home.resolve("environments/fern/.cec/.complete"));
        after.keySet().removeIf(name -> !merge && gone && name.startsWith("environments/fern/"));
        require(after.equals(before), "with " + left + " left: " + after.keySet() + run.err());
        require(gone != merge, "the environment with " + left + " left");
        ballast.remove();
        Session.Run again = session(home).run(line);
        require(again.exitCode() == 0, "again with " + left + " left: " + again.err());
      }
      require(
          Arrays.equals(
              Files.readAllBytes(home.resolve("models/checkpoints/sea.safetensors")), random(3)),
          "the model");
      ballast.remove();
    }
    require(failed > 0, "it never failed");
  }

  private String small() throws IOException {
    new BundleForge().workflow("old", "old.safetensors").write(bundle("small"));
    return "import small.tar.gz --name fern --comfyui ComfyUI --no-interactive";
  }

  private void exports() throws IOException {
    Path home = elsewhere.resolve("home");
    String made = "import new.tar.gz --name fern --comfyui ComfyUI --allow-private";
    require(session(home).run(made + " --no-interactive").exitCode() == 0, "no environment");
    Path target = Files.createDirectory(disk.resolve("out")).resolve("fern.tar.gz");
    boolean done = false;
    for (int left = 0; !done; left += STEP) {
      require(left < MOST_LEFT, "it never succeeded: " + seen);
      Files.writeString(target, "old");
      ballast.leavePages(left);
      String line = "export --all -e fern --with-models --offline --no-interactive --force";
      Session.Run run = session(home).run((line + " --output " + target).split(" "));
      done = run.exitCode() == 0;
      if (!done) {
        failed(run, left);
        require(Files.readString(target).equals("old"), "the old one with " + left + " left");
        require(Folders.children(target.resolveSibling("")).size() == 1, "leftovers");
      }
      ballast.remove();
    }
    require(failed > 0, "it never failed");
  }

  private void failed(Session.Run run, int left) {
    failed++;
    String error =
        run.err().stream().filter(each -> each.startsWith("error: ")).findFirst().orElse("");
    require(
        error.matches("(?i).*(no space|free).*") && error.contains(disk.toString()),
        "the message with " + left + " left: " + run.err());
    seen.add(error.replaceAll("[0-9a-f-]{12,}|\\d+", "…").replace(disk.toString(), "DISK"));
  }

  private Session session(Path home) throws IOException {
    Session session = new Session(elsewhere);
    TestTools.environment().forEach(session::with);
    return session
        .with("PATH", TestTools.uvFolder() + File.pathSeparator + System.getenv("PATH"))
        .with("UV_CACHE_DIR", elsewhere.resolve("uv_cache").toString())
        .with("TIDEPOOL_HOME", home.toString());
  }

  /** What a user would miss. */
  private static SortedMap<String, String> state(Path home) throws IOException {
    SortedMap<String, String> state = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(home)) {
      for (Path each : walk.filter(Files::isRegularFile).toList()) {
        String name = home.relativize(each).toString();
        boolean ours =
            name.startsWith("comfydock_cache/")
                || name.startsWith("logs/")
                || name.startsWith(".metadata/")
                || name.contains(".tidepool")
                || name.contains("/.venv/")
                || name.contains("/.git/");
        if (!ours) {
          state.put(name, Arrays.hashCode(Files.readAllBytes(each)) + "");
        }
      }
    }
    return state;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
