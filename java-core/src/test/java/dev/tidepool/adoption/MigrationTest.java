package dev.tidepool.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.environment.Environments;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Identity;
import dev.tidepool.history.Version;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.resolution.Decisions;
import dev.tidepool.version.Surroundings;
import dev.tidepool.version.VersionWorld;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {
  private static final Identity WHO = new Identity("Ann", "ann@example.org");

  private final List<String> notes = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void environmentWithVersionsIsCheckedAndLeftAsItIs() throws IOException {
    VersionWorld world = world();
    workflow(world, "same", true, true);
    workflow(world, "new", true, false);
    workflow(world, "gone", false, true);
    var before = OldInstallation.state(world.environment.cec());
    Migration migration = migration(world.folder);
    List<EnvironmentCheck> checks = migration.check();
    assertThat(checks)
        .singleElement()
        .satisfies(check -> assertThat(check.problems()).isEmpty())
        .satisfies(check -> assertThat(check.comfyUi()).isEqualTo("v0.30.0"))
        .satisfies(check -> assertThat(check.workflows()).isEqualTo(1))
        .satisfies(
            check ->
                assertThat(check.differing()).isEqualTo(Map.of("new", "new", "gone", "deleted")))
        .satisfies(check -> assertThat(check.version()).contains("v1"));
    assertThat(migration.makeFirstVersions(checks)).isEqualTo(checks);
    assertThat(OldInstallation.state(world.environment.cec())).isEqualTo(before);
  }

  @Test
  void environmentWithoutVersionsGetsItsFirst() throws IOException {
    VersionWorld world = world();
    workflow(world, "same", true, true);
    Folders.delete(world.environment.cec().resolve(".git"));
    Migration migration = migration(world.folder);
    List<EnvironmentCheck> checks = migration.check();
    assertThat(checks).singleElement().matches(EnvironmentCheck::needsFirstVersion);
    assertThat(world.environment.cec().resolve(".git")).doesNotExist();
    assertThat(migration.makeFirstVersions(checks))
        .singleElement()
        .satisfies(check -> assertThat(check.version()).contains("v1"));
    assertThat(world.history.versions(9))
        .singleElement()
        .extracting(Version::title)
        .isEqualTo("As ComfyDock left it");
    assertThat(world.history.uncommitted()).isEmpty();
    assertThat(world.history.files(world.history.resolve("v1"))).containsKey("workflows/same.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not toml [", "[tool.comfydock]\nnodes = 3\n", ""})
  void environmentThatCannotBeReadIsTold(String manifest) throws IOException {
    VersionWorld world = world();
    Folders.delete(world.environment.cec().resolve(".git"));
    if (manifest.isEmpty()) {
      Files.delete(world.environment.pyproject());
    } else {
      Files.writeString(world.environment.pyproject(), manifest);
    }
    Migration migration = migration(world.folder);
    List<EnvironmentCheck> checks = migration.check();
    assertThat(checks)
        .singleElement()
        .satisfies(check -> assertThat(check.problems()).isNotEmpty())
        .matches(check -> !check.needsFirstVersion());
    assertThat(migration.makeFirstVersions(checks)).isEqualTo(checks);
    assertThat(world.environment.cec().resolve(".git")).doesNotExist();
  }

  @Test
  void environmentThatWasNotMadeToItsEndIsTold() throws IOException {
    VersionWorld world = world();
    Files.delete(world.environment.cec().resolve(".complete"));
    assertThat(migration(world.folder).check())
        .singleElement()
        .satisfies(
            check ->
                assertThat(check.problems())
                    .containsExactly("It was not made to its end: .cec/.complete is missing."));
  }

  @Test
  void dockerEnvironmentsOfTheFirstComfyDockAreToldHowToGetAt() throws IOException {
    Files.writeString(
        folder.resolve("environments.json"),
        """
        [{"name": "flux", "image": "akatzai/comfydock-env:v0.3", "container_name": "comfy-env-1f",
          "id": "4c1d", "status": "exited", "command": "", "comfyui_path": "/home/anna/ComfyUI",
          "duplicate": false, "options": {}, "metadata": {}, "folderIds": []},
         {"name": "evil", "container_name": "x; rm -rf ~"}]
        """);
    assertThatThrownBy(() -> migration(folder).check())
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("migrate-docker");
              assertThat(e.text()).contains("its 2 environments are Docker containers");
              assertThat(e.hints())
                  .contains(
                      "\"flux\": docker cp comfy-env-1f:/app/ComfyUI DIR, then tidepool adopt DIR")
                  .noneMatch(hint -> hint.contains("rm -rf"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "no list"})
  void folderThatIsNoWorkspaceIsRefused(String text) throws IOException {
    if (!text.isEmpty()) {
      Files.writeString(folder.resolve("environments.json"), text);
    }
    assertThatThrownBy(() -> migration(folder).check())
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("migrate-no-workspace"));
  }

  private VersionWorld world() throws IOException {
    return VersionWorld.in(folder);
  }

  private static void workflow(VersionWorld world, String name, boolean live, boolean committed)
      throws IOException {
    String file = name + ".json";
    if (live) {
      Files.writeString(world.environment.liveWorkflows().resolve(file), OldInstallation.WORKFLOW);
    }
    if (committed) {
      Files.writeString(world.environment.workflows().resolve(file), OldInstallation.WORKFLOW);
    }
  }

  private Migration migration(Path home) {
    Workspace workspace = new Workspace(home);
    StoreLocks locks = new StoreLocks();
    Environments environments = new Environments(workspace, locks, Clock.systemUTC(), notes::add);
    return new Migration(
        workspace,
        environments,
        WHO,
        environment ->
            new Surroundings(
                ModelDirectories.of(List.of(environments.file().modelsFolder())),
                workspace.modelIndex(),
                Loaders::builtIn,
                "none",
                new Decisions(
                    workspace.metadata().resolve("decisions.json"), locks.of(workspace.metadata())),
                Clock.systemUTC()));
  }
}
