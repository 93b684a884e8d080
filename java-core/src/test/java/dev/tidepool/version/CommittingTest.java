package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.manifest.WorkflowModel;
import dev.tidepool.resolution.Asking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittingTest {
  private static final String SEA = Graphs.text("sea.safetensors", 1);

  @TempDir Path folder;
  private VersionWorld world;

  @BeforeEach
  void make() throws IOException {
    world = VersionWorld.in(folder);
    world.model("checkpoints/sea.safetensors");
  }

  @Test
  void workflowsBecomeAVersion() throws IOException {
    world.save("portrait", SEA);
    world.save("entwürfe/grün", SEA);

    CommitResult result = world.commit("Two of them");

    assertThat(result.version().orElseThrow().name()).isEqualTo("v2");
    assertThat(result.added()).containsExactly("entwürfe/grün", "portrait");
    assertThat(world.read(".cec/workflows/entwürfe/grün.json")).isEqualTo(SEA);
    assertThat(world.history.versions(9)).hasSize(2);
    assertThat(world.history.versions(1).get(0).message()).isEqualTo("Two of them");
    assertThat(world.history.uncommitted()).isEmpty();
  }

  @Test
  void manifestNamesTheModelsAndKeepsItsComments() throws IOException {
    world.save("portrait", SEA);

    world.commit("One");

    Manifest manifest = Manifest.read(world.environment.pyproject());
    WorkflowEntry entry = workflow(manifest);
    assertThat(entry.path()).isEqualTo("workflows/portrait.json");
    WorkflowModel model = entry.models().get(0);
    assertThat(model.status()).isEqualTo("resolved");
    assertThat(model.category()).isEqualTo("checkpoints");
    assertThat(model.criticality()).isEqualTo("flexible");
    assertThat(model.nodes().get(0).nodeType()).isEqualTo("CheckpointLoaderSimple");
    ModelEntry file = Objects.requireNonNull(manifest.models().get(model.hash().orElseThrow()));
    assertThat(file.relativePath()).isEqualTo("checkpoints/sea.safetensors");
    assertThat(file.size())
        .isEqualTo(Files.size(world.models.resolve("checkpoints/sea.safetensors")));
    assertThat(world.read(".cec/pyproject.toml")).startsWith("# by hand\n");
  }

  @Test
  void nothingToCommitMakesNoVersion() throws IOException {
    world.save("portrait", SEA);
    world.commit("One");
    Map<String, String> before = world.files();

    CommitResult result = world.commit("Again");

    assertThat(result.version()).isEmpty();
    assertThat(world.files()).isEqualTo(before);
    assertThat(world.history.versions(9)).hasSize(2);
  }

  @Test
  void pathsAreStrippedInBothCopiesAndNothingElseChanges() throws IOException {
    String full = Graphs.text("checkpoints/sea.safetensors", 1).replace("\n", "\r\n");
    world.save("portrait", full);

    CommitResult result = world.commit("One");

    String stripped = full.replace("checkpoints/sea", "sea");
    assertThat(result.rewritten()).isEqualTo(1);
    assertThat(world.read("ComfyUI/user/default/workflows/portrait.json")).isEqualTo(stripped);
    assertThat(world.read(".cec/workflows/portrait.json")).isEqualTo(stripped);
  }

  @Test
  void unresolvedModelIsRecordedAndDoesNotBlock() throws IOException {
    world.save("portrait", Graphs.text("nowhere.safetensors", 1));

    CommitResult result = world.commit("One");

    assertThat(result.version()).isPresent();
    assertThat(result.open()).extracting(OpenModel::value).containsExactly("nowhere.safetensors");
    WorkflowModel model = workflow(Manifest.read(world.environment.pyproject())).models().get(0);
    assertThat(model.status()).isEqualTo("unresolved");
    assertThat(model.filename()).isEqualTo("nowhere.safetensors");
    assertThat(model.hash()).isEmpty();
  }

  @Test
  void whatAUserSaidOfAModelStays() throws IOException {
    world.save("portrait", SEA);
    world.commit("One");
    Manifest manifest = Manifest.read(world.environment.pyproject());
    WorkflowEntry entry = workflow(manifest);
    world.write(
        ".cec/pyproject.toml",
        manifest.text().replace("criticality = \"flexible\"", "criticality = \"required\""));
    world.save("portrait", Graphs.text("sea.safetensors", 2));

    world.commit("Two");

    assertThat(entry.models().get(0).criticality()).isEqualTo("flexible");
    assertThat(workflow(Manifest.read(world.environment.pyproject())).models().get(0).criticality())
        .isEqualTo("required");
  }

  @Test
  void deletedWorkflowGoesWithItsModels() throws IOException {
    Path live = world.save("portrait", SEA);
    world.commit("One");
    Files.delete(live);

    CommitResult result = world.commit("Two");

    assertThat(result.deleted()).containsExactly("portrait");
    assertThat(world.environment.workflows().resolve("portrait.json")).doesNotExist();
    Manifest manifest = Manifest.read(world.environment.pyproject());
    assertThat(manifest.workflows()).isEmpty();
    assertThat(manifest.models()).isEmpty();
  }

  @Test
  void invalidFileIsLeftOutAndItsCopyStays() throws IOException {
    world.save("portrait", SEA);
    world.commit("One");
    world.save("portrait", "[]");
    world.save("fine", SEA);

    CommitResult result = world.commit("Two");

    assertThat(result.added()).containsExactly("fine");
    assertThat(result.invalid()).extracting(TrackedWorkflow::name).containsExactly("portrait");
    assertThat(world.read(".cec/workflows/portrait.json")).isEqualTo(SEA);
    assertThat(world.read("ComfyUI/user/default/workflows/portrait.json")).isEqualTo("[]");
    assertThat(Manifest.read(world.environment.pyproject()).workflows())
        .containsKeys("portrait", "fine");
  }

  @Test
  void workflowThatComfyUiSavesMeanwhileIsNotOverwritten() throws IOException {
    world.save("a", Graphs.text("checkpoints/sea.safetensors", 1));
    world.save("b", SEA);
    CommitPlan plan = world.plan();
    world.save("b", Graphs.text("sea.safetensors", 7));
    Map<String, String> before = world.files();

    assertThatThrownBy(() -> world.committing().commit(plan, Optional.empty(), Steps.silent()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("workflow-changed"));

    assertThat(world.files()).isEqualTo(before);
    assertThat(world.history.versions(9)).hasSize(1);
  }

  @Test
  void failureOfGitLeavesTheOldState() throws IOException {
    world.save("portrait", Graphs.text("checkpoints/sea.safetensors", 1));
    Map<String, String> before = world.files();
    world.write(".cec/.git/index.lock", "");

    assertThatThrownBy(() -> world.commit("One")).isInstanceOf(TidepoolException.class);

    assertThat(world.files()).isEqualTo(before);
    assertThat(world.history.versions(9)).hasSize(1);
  }

  @Test
  void editOfTheManifestAloneIsCommitted() throws IOException {
    world.write(".cec/pyproject.toml", world.read(".cec/pyproject.toml") + "# more\n");

    CommitResult result = world.commit("By hand");

    assertThat(result.version().orElseThrow().name()).isEqualTo("v2");
    assertThat(result.added()).isEmpty();
  }

  @Test
  void ignoredWorkflowIsNotRecorded() throws IOException {
    world.write(".cec/.comfydock_ignore", "drafts/\n");
    world.save("drafts/a", SEA);
    world.save("b", SEA);

    assertThat(world.commit("One").added()).containsExactly("b");
    assertThat(world.environment.workflows().resolve("drafts")).doesNotExist();
  }

  @Test
  void choiceOfAPersonGoesIntoBothCopies() throws IOException {
    world.model("checkpoints/ocean/sea-fp16.safetensors");
    Files.delete(world.models.resolve("checkpoints/sea.safetensors"));
    world.save("portrait", SEA);

    CommitPlan plan =
        world
            .committing()
            .plan(
                offering -> (reference, offers) -> Optional.of("ocean/sea-fp16.safetensors"),
                Steps.silent());
    world.committing().commit(plan, Optional.empty(), Steps.silent());

    assertThat(world.read("ComfyUI/user/default/workflows/portrait.json"))
        .contains("\"ocean/sea-fp16.safetensors\"");
    assertThat(world.history.versions(1).get(0).message()).isEqualTo("Committing all changes");
    assertThat(world.committing().plan(offering -> Asking.nobody(), Steps.silent()).open())
        .isEmpty();
  }

  @Test
  void gitSeesACleanRepositoryAfterwards() throws Exception {
    world.save("portrait", SEA);
    world.commit("One");

    Process git =
        new ProcessBuilder("git", "-C", world.environment.cec().toString(), "status", "--porcelain")
            .start();

    assertThat(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(git.waitFor()).isZero();
  }

  private static WorkflowEntry workflow(Manifest manifest) {
    return Objects.requireNonNull(manifest.workflows().get("portrait"));
  }
}
