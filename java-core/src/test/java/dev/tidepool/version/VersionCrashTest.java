package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.environment.Deaths;
import dev.tidepool.environment.Environment;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process dies at each step on the disk that a commit and a rollback take. */
class VersionCrashTest {
  private static final String SEA = Graphs.text("checkpoints/sea.safetensors", 1);
  private static final String OCEAN = Graphs.text("nowhere.safetensors", 2);

  @TempDir Path folder;
  private int worlds;

  private interface Work {
    void on(VersionWorld world) throws IOException;
  }

  @Test
  void killedCommitLeavesTheOldStateOrTheNew() throws Exception {
    killEverywhere(
        world -> {
          world.save("portrait", SEA);
          world.save("gone", SEA);
          world.commit("Two");
          world.save("portrait", OCEAN);
          world.save("entwürfe/neu", SEA);
          Files.delete(world.environment.liveWorkflows().resolve("gone.json"));
        },
        world -> world.commit("Three"));
  }

  @Test
  void killedRollbackLeavesTheOldStateOrTheNew() throws Exception {
    killEverywhere(
        world -> {
          world.save("portrait", SEA);
          world.pack("old", "1", "# old 1");
          world.record("old", NodeEntry.registry("old", "old", "1"));
          world.commit("Two");
          dev.tidepool.io.Folders.delete(world.environment.customNodes().resolve("old"));
          world.forget("old");
          world.pack("mine", "dev", "# mine");
          world.record("mine", NodeEntry.development("mine"));
          world.pack("new", "2", "# new 2");
          world.record("new", NodeEntry.registry("new", "new", "2"));
          world.save("portrait", OCEAN);
          world.save("neu", OCEAN);
          world.commit("Three");
          world.save("portrait", Graphs.text("mine.safetensors", 3));
          world.save("unsaved", OCEAN);
        },
        world -> world.rollback().apply(world.rollback().plan(Optional.of("v2")), Steps.silent()));
  }

  @Test
  void killedExchangeOfComfyUiLeavesTheOldStateOrTheNew() throws Exception {
    killEverywhere(
        world -> {
          world.program("v0.30.0");
          world.program("v0.31.0");
          FakeComfyUi.write(world.environment.comfyUi(), "v0.31.0");
          world.write("ComfyUI/notes.txt", "the user's");
          world.write("ComfyUI/custom_nodes/mine/__init__.py", "the user's too");
          world.write(
              ".cec/pyproject.toml",
              Manifest.read(world.environment.pyproject())
                  .withComfyUi(new ComfyUiPin("v0.31.0", Optional.of("release"), Optional.empty()))
                  .text());
          world.commit("Newer");
        },
        world -> world.rollback().apply(world.rollback().plan(Optional.of("v1")), Steps.silent()));
  }

  @Test
  void killedReturnOfAKeptComfyUiLeavesTheOldStateOrTheNew() throws Exception {
    killEverywhere(
        world -> {
          world.program("v0.31.0");
          FakeComfyUi.write(world.environment.comfyUi(), "v0.31.0");
          FakeComfyUi.write(
              world.environment.folder().resolve(".tidepool/comfyui/v0.30.0"), "v0.30.0");
          world.write(".tidepool/comfyui/v0.30.0/models.txt", "changed in the old program");
          world.write("ComfyUI/notes.txt", "the user's");
          world.write(
              ".cec/pyproject.toml",
              Manifest.read(world.environment.pyproject())
                  .withComfyUi(new ComfyUiPin("v0.31.0", Optional.of("release"), Optional.empty()))
                  .text());
          world.commit("Newer");
        },
        world -> world.rollback().apply(world.rollback().plan(Optional.of("v1")), Steps.silent()));
  }

  private void killEverywhere(Work before, Work work) throws Exception {
    VersionWorld calm = world(before);
    Map<String, String> old = state(calm);
    Map<String, String> files = calm.files();
    files.putAll(calm.keptPrograms());
    work.on(calm);
    Map<String, String> changed = state(calm);
    assertThat(changed).isNotEqualTo(old);
    Deaths.atEachStep(
        () -> world(before).environment,
        environment -> work.on(world(environment)),
        (environment, finished) -> {
          VersionWorld world = world(environment);
          assertThat(state(world)).isIn(old, changed);
          assertThat(everything(world))
              .containsAll(files.values().stream().map(VersionCrashTest::mended).toList());
        });
  }

  private VersionWorld world(Work before) throws IOException {
    VersionWorld world = VersionWorld.in(folder.resolve("world " + ++worlds));
    world.model("checkpoints/sea.safetensors");
    before.on(world);
    return world;
  }

  private static VersionWorld world(Environment environment) {
    Path folder = environment.folder().resolve("../..").normalize();
    return VersionWorld.at(folder).with(environment);
  }

  /** All files, and the versions, without what differs from run to run. */
  private static Map<String, String> state(VersionWorld world) throws IOException {
    Map<String, String> state = new TreeMap<>(world.files());
    world
        .history
        .versions(99)
        .forEach(version -> state.put("version " + version.name(), version.message()));
    state.put("uncommitted", world.history.uncommitted().toString());
    world.trash().values().forEach(text -> state.put("trash " + text, ""));
    return state;
  }

  /** The user's files wherever they are now, and in which version. */
  private static Set<String> everything(VersionWorld world) throws IOException {
    Set<String> all = new HashSet<>(state(world).values());
    all.addAll(world.trash().values());
    all.addAll(world.keptPrograms().values());
    for (var version : world.history.versions(99)) {
      world
          .history
          .files(version)
          .values()
          .forEach(bytes -> all.add(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)));
    }
    return new HashSet<>(all.stream().map(VersionCrashTest::mended).toList());
  }

  /** A commit puts paths right. */
  private static String mended(String text) {
    return text.replace("checkpoints/sea.safetensors", "sea.safetensors");
  }
}
