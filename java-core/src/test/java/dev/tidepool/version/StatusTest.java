package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.history.History;
import dev.tidepool.manifest.NodeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  private static final String SEA = Graphs.text("sea.safetensors", 1);

  @TempDir Path folder;
  private VersionWorld world;

  @BeforeEach
  void make() throws IOException {
    world = VersionWorld.in(folder);
    world.model("checkpoints/sea.safetensors");
    world.save("portrait", SEA);
    world.commit("Two");
  }

  @Test
  void nothingDiffersAfterACommit() {
    Status status = status();

    assertThat(status.version()).contains("v2");
    assertThat(status.hasChanges()).isFalse();
    assertThat(status.uncommitted()).isEmpty();
    assertThat(status.workflows())
        .extracting(one -> one.workflow().state())
        .containsExactly(SyncState.SYNCED);
  }

  @Test
  void changesInsideAndModelsThatAreMissingAreTold() throws IOException {
    world.save("portrait", Graphs.text("ocean.safetensors", 1));
    world.save("moved", Graphs.text("checkpoints/sea.safetensors", 1));

    Status status = status();

    assertThat(status.hasChanges()).isTrue();
    assertThat(status.isReady()).isFalse();
    assertThat(status.reasons()).contains("1 model is not found");
    assertThat(status.workflows().get(0).wrongPaths()).isEqualTo(1);
    assertThat(status.workflows().get(1).missing())
        .extracting(NeededModel::value)
        .containsExactly("ocean.safetensors");
  }

  @Test
  void modelThatDisappearsIsMissedAtOnce() throws IOException {
    assertThat(status().workflows().get(0).missing()).isEmpty();

    Files.delete(world.models.resolve("checkpoints/sea.safetensors"));
    assertThat(status().workflows().get(0).missing()).hasSize(1);

    world.model("checkpoints/sea.safetensors");
    assertThat(status().workflows().get(0).missing()).isEmpty();
  }

  @Test
  void editOfTheManifestIsUncommitted() throws IOException {
    world.write(".cec/pyproject.toml", world.read(".cec/pyproject.toml") + "# mine\n");

    Status status = status();

    assertThat(status.uncommitted()).containsExactly(new ChangedFile("pyproject.toml", "modified"));
    assertThat(status.hasChanges()).isTrue();
    assertThat(status.python().outdated()).isFalse();
  }

  @Test
  void manifestThatAsksForOtherPackagesOutdatesTheLock() throws IOException {
    world.write(
        ".cec/pyproject.toml",
        world.read(".cec/pyproject.toml").replace("dependencies = []", "dependencies = [\"x\"]"));

    assertThat(status().python().outdated()).isTrue();
  }

  @Test
  void damagedManifestIsToldAndStopsNothing() throws IOException {
    world.write(".cec/pyproject.toml", "[[[");

    Status status = status();

    assertThat(status.manifest().orElseThrow().code()).isEqualTo("toml-invalid");
    assertThat(status.workflows()).hasSize(1);
    assertThat(status.isReady()).isFalse();
  }

  @Test
  void packsAreComparedWithTheManifest() throws Exception {
    world.pack("there", "1", "# there");
    world.record("there", NodeEntry.registry("there", "there", "1"));
    world.record("missing", NodeEntry.registry("missing", "missing", "1"));
    world.pack("old", "1", "# old");
    world.write(
        "ComfyUI/custom_nodes/old/pyproject.toml", "[project]\nname = \"old\"\nversion = \"2\"\n");
    world.record("old", NodeEntry.registry("old", "old", "1"));
    world.write("ComfyUI/custom_nodes/off.disabled/__init__.py", "");
    world.record("off", NodeEntry.registry("off", "off", "1"));
    world.write("ComfyUI/custom_nodes/stray/__init__.py", "");
    world.write("ComfyUI/custom_nodes/__pycache__/x", "");

    assertThat(status().packs())
        .extracting(pack -> pack.id() + " " + pack.state().code())
        .containsExactly(
            "there installed", "missing missing", "old drifted", "off disabled", "stray untracked");
  }

  @Test
  void developmentNodeIsShownWithBranchAndCommit() throws Exception {
    Path pack = world.environment.customNodes().resolve("mine");
    world.write("ComfyUI/custom_nodes/mine/__init__.py", "# mine");
    String commit;
    try (Git git = Git.init().setDirectory(pack.toFile()).setInitialBranch("work").call()) {
      git.add().addFilepattern(".").call();
      commit = git.commit().setSign(false).setMessage("One").call().getName();
    }
    world.record(
        "mine", NodeEntry.development("mine").at(Optional.of("work"), Optional.of(commit)));

    assertThat(only("mine").state()).isEqualTo(PackState.INSTALLED);
    assertThat(only("mine").git()).contains(new GitState(commit, "work", false));

    world.write("ComfyUI/custom_nodes/mine/__init__.py", "# changed");
    assertThat(only("mine").state()).isEqualTo(PackState.CHANGED);
    assertThat(only("mine").git()).contains(new GitState(commit, "work", true));
  }

  @Test
  void unchangedEnvironmentIsToldWithoutGit() {
    Status first = status(Duration.ofMinutes(1), world.historySupplier());

    Status again =
        status(
            Duration.ofMinutes(2),
            () -> {
              throw new AssertionError("git is asked");
            });

    assertThat(again).isEqualTo(first);
  }

  @Test
  void nodesOfPacksThatAreNotThereAreTold() throws IOException {
    world.save(
        "portrait",
        SEA.replace(
            "\"nodes\":[",
            "\"nodes\":[{\"id\":9,\"type\":\"Sharpen\",\"properties\":{\"cnr_id\":\"sharp\"},"
                + "\"widgets_values\":[]},"));
    assertThat(status().workflows().get(0).missingPacks()).hasSize(1);

    world.record("sharp", NodeEntry.registry("sharp", "sharp", "1"));
    assertThat(status().workflows().get(0).missingPacks()).isEmpty();
  }

  private PackStatus only(String id) {
    return status().packs().stream().filter(pack -> pack.id().equals(id)).findFirst().orElseThrow();
  }

  private Status status() {
    return status(Duration.ZERO, world.historySupplier());
  }

  private Status status(Duration later, Supplier<History> history) {
    return Status.of(
        world.environment,
        history,
        world.around(Clock.offset(Clock.systemUTC(), later)),
        VersionWorld.NO_PYTHON);
  }
}
