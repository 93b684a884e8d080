package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.environment.PythonProject;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.python.PackageIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits and rollbacks with the real uv, and a package index of their own. */
class RollbackPythonTest {
  private static final String SEA = Graphs.text("sea.safetensors", 1);

  @TempDir Path folder;
  private PackageIndex index;
  private VersionWorld world;
  private PythonProject python;

  @BeforeEach
  void make() throws IOException {
    index = new PackageIndex().wheel("sea", "1.0").wheel("sea", "1.5").wheel("shell_x", "2.0");
    world = VersionWorld.in(folder);
    python = world.python(index);
    world.ask("sea<1.5");
    world.save("portrait", SEA);
    commit("Sea 1.0");
    python.sync(world.environment, Steps.silent());
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  @Test
  void packagesAreLockedWhenOthersAreAskedFor() throws IOException {
    assertThat(world.read(".cec/uv.lock")).contains("name = \"sea\"\nversion = \"1.0\"");
    world.save("portrait", Graphs.text("sea.safetensors", 2));

    assertThat(commit("Another seed").locked()).isFalse();
    world.ask("sea>=1.5", "shell-x");
    assertThat(commit("Sea 1.5").locked()).isTrue();

    assertThat(world.read(".cec/uv.lock")).contains("name = \"sea\"\nversion = \"1.5\"");
    assertThat(world.history.uncommitted()).isEmpty();
  }

  @Test
  void packagesBecomeThoseOfTheLockOfThen() throws IOException {
    seaIsNewer();

    RollbackPlan plan = rollback().plan(Optional.of("v2"));
    rollback().apply(plan, Steps.silent());

    assertThat(plan.python()).isTrue();
    assertThat(PythonProject.installed(world.environment))
        .containsEntry("sea", "1.0")
        .doesNotContainKey("shell-x");
    assertThat(rollback().plan(Optional.of("v2")).isEmpty()).isTrue();
  }

  @Test
  void failureOfUvLeavesEverything() throws IOException {
    seaIsNewer();
    Folders.delete(world.folder.resolve("uv_cache"));
    Folders.delete(world.folder.resolve("uv"));
    Map<String, String> before = world.files();
    index.cutShort();
    RollbackPlan plan = rollback().plan(Optional.of("v2"));

    assertThatThrownBy(() -> rollback().apply(plan, Steps.silent()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("sync-failed"));

    assertThat(world.files()).isEqualTo(before);
    assertThat(PythonProject.installed(world.environment)).containsEntry("sea", "1.5");
    assertThat(world.trash()).isEmpty();
  }

  @Test
  void packagesThatContradictEachOtherAreNotCommitted() throws IOException {
    world.ask("sea<1.5", "sea>1.0");
    Map<String, String> before = world.files();

    assertThatThrownBy(() -> commit("Impossible"))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("dependencies-conflict"));

    assertThat(world.files()).isEqualTo(before);
    assertThat(world.history.versions(9)).hasSize(2);
  }

  @Test
  void packageThatIsNotAsLockedIsTold() throws IOException {
    world.ask("sea>=1.5", "shell-x");
    commit("Sea 1.5");

    Status status =
        Status.of(world.environment, world.historySupplier(), world.around(), () -> python);

    assertThat(status.python().packages())
        .extracting(one -> one.name() + " " + one.installed() + " " + one.locked())
        .containsExactly("sea Optional[1.0] Optional[1.5]", "shell-x Optional.empty Optional[2.0]");
    assertThat(status.python().version()).matches("3\\.\\d+.*");
    assertThat(status.reasons()).contains("the Python packages are not as locked");
  }

  private void seaIsNewer() throws IOException {
    world.ask("sea>=1.5", "shell-x");
    commit("Sea 1.5");
    python.sync(world.environment, Steps.silent());
  }

  private CommitResult commit(String message) {
    return world.commit(message, () -> python);
  }

  private Rollback rollback() {
    return world.rollback(python, false);
  }
}
