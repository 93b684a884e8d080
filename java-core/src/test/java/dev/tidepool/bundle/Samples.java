package dev.tidepool.bundle;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Progress;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.NodeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Bundles for tests. */
final class Samples {
  static final String BLAKE3 = "b".repeat(64);

  private Samples() {}

  /** What a bundle says of itself that holds these workflows and nothing else of note. */
  static BundleManifest manifest(String... workflows) {
    return new BundleManifest(
        "tidepool 0.1.0",
        new BundleOrigin("portraits", Optional.of("v3"), Optional.of("5d1c")),
        Optional.of("3.11"),
        Optional.of("cpu"),
        new ComfyUiPin("v0.30.0", Optional.of("release"), Optional.empty()),
        List.of(workflows),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** One with a pack, a model and a pool, and what they need as members. */
  static BundleManifest full() {
    byte[] model = model();
    return new BundleManifest(
        "tidepool 0.1.0",
        new BundleOrigin("Ölbilder", Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        new ComfyUiPin("abc", Optional.of("commit"), Optional.of("abcdef")),
        List.of("deep/er/ä.json", "portrait.json"),
        List.of(
            new BundledPack(
                "mine",
                "Mine",
                NodeSource.DEVELOPMENT,
                Optional.of("dev"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("dev_nodes/Mine")),
            new BundledPack(
                "far",
                "far",
                NodeSource.GIT,
                Optional.empty(),
                Optional.of("https://example.org/far"),
                Optional.of("0123"),
                Optional.empty(),
                Optional.empty())),
        List.of(
            new BundledModel(
                "sd.safetensors",
                "checkpoints/sub/sd.safetensors",
                model.length,
                Sha256.of(model),
                BLAKE3,
                "0123456789abcdef",
                List.of("https://example.org/sd.safetensors"),
                Optional.of("models/checkpoints/sub/sd.safetensors"),
                List.of("portrait.json"))),
        List.of(new BundledPool("p1", "Sea", "pools/p1.zip")),
        List.of());
  }

  static List<BundleSource> fullSources() {
    return List.of(
        text("workflows/portrait.json", "{\"nodes\":[]}"),
        text("workflows/deep/er/ä.json", "{}"),
        text("pyproject.toml", "[project]\n"),
        text("uv.lock", "version = 1\n"),
        text("dev_nodes/Mine/__init__.py", "NODES = {}\n"),
        BundleSource.of("models/checkpoints/sub/sd.safetensors", model()),
        BundleSource.of("pools/p1.zip", new byte[] {80, 75, 5, 6}));
  }

  static byte[] model() {
    byte[] weights = new byte[300_000];
    new Random(5).nextBytes(weights);
    return weights;
  }

  static BundleSource text(String path, String content) {
    return BundleSource.of(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A small bundle with one workflow. */
  static Path small(Path folder) {
    return small(folder, Optional.empty());
  }

  static Path small(Path folder, Optional<SigningKey> key) {
    Path bundle = folder.resolve("small.tar.gz");
    new BundleWriter(1)
        .write(
            bundle,
            true,
            manifest("a.json"),
            List.of(text("workflows/a.json", "{}"), text("pyproject.toml", "[project]\n")),
            key,
            Progress.none());
    return bundle;
  }

  /** Members with names and content as they happen to be. */
  static List<BundleSource> random(Random random) {
    List<BundleSource> sources = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[random.nextInt(3) == 0 ? random.nextInt(2_000_000) : 700 * i];
      if (random.nextBoolean()) {
        random.nextBytes(content);
      }
      String ending = List.of(".py", ".png", ".bin", "").get(random.nextInt(4));
      String middle = "lang und ü/".repeat(random.nextInt(20));
      sources.add(BundleSource.of("dev_nodes/P/" + middle + i + ending, content));
    }
    sources.add(text("pyproject.toml", ""));
    return sources;
  }
}
