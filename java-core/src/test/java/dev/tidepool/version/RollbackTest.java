package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
  private static final String SEA = Graphs.text("sea.safetensors", 1);
  private static final String OCEAN = Graphs.text("ocean.safetensors", 2);

  @TempDir Path folder;
  private VersionWorld world;

  @BeforeEach
  void make() throws IOException {
    world = VersionWorld.in(folder);
    world.save("portrait", SEA);
    world.save("kept", SEA);
    world.commit("Two");
  }

  @Test
  void earlierVersionComesBackAsNewChanges() throws IOException {
    Map<String, String> then = world.files();
    world.save("portrait", OCEAN);
    world.save("entwürfe/neu", OCEAN);
    Files.delete(world.environment.liveWorkflows().resolve("kept.json"));
    world.commit("Three");

    RollbackPlan plan = world.rollback().plan(Optional.of("v2"));
    world.rollback().apply(plan, Steps.silent());

    assertThat(world.files()).isEqualTo(then);
    assertThat(plan.discarded()).isEmpty();
    assertThat(world.history.versions(9)).hasSize(3);
    assertThat(world.history.uncommitted()).isNotEmpty();
    assertThat(world.commit("Back").version().orElseThrow().name()).isEqualTo("v4");
    assertThat(world.rollback().plan(Optional.of("v2")).isEmpty()).isTrue();
  }

  @Test
  void planChangesNothing() throws IOException {
    world.save("portrait", OCEAN);
    world.commit("Three");
    Map<String, String> before = world.files();

    RollbackPlan plan = world.rollback().plan(Optional.of("HEAD~1"));

    assertThat(world.files()).isEqualTo(before);
    assertThat(plan.target()).isEqualTo("v2");
    assertThat(plan.workflows())
        .containsExactly(new FileStep(FileStep.Kind.REPLACE, "portrait.json", false));
  }

  @Test
  void uncommittedChangesGoToTheTrash() throws IOException {
    Map<String, String> then = world.files();
    world.save("portrait", OCEAN);
    world.save("neu", OCEAN);
    world.write(".cec/pyproject.toml", then.get(".cec/pyproject.toml") + "# mine\n");

    RollbackPlan plan = world.rollback().plan(Optional.empty());
    world.rollback().apply(plan, Steps.silent());

    assertThat(plan.discarded())
        .containsExactly("workflow neu.json", "workflow portrait.json", ".cec/pyproject.toml");
    assertThat(world.files()).isEqualTo(then);
    assertThat(world.trash().values()).contains(OCEAN).anyMatch(text -> text.endsWith("# mine\n"));
    assertThat(world.trash().values()).filteredOn(OCEAN::equals).hasSize(2);
  }

  @Test
  void whatIsOnlyLookedAtDifferentlyStays() throws IOException {
    world.save("portrait", Graphs.text("sea.safetensors", 1, "\"revision\":7,"));

    assertThat(world.rollback().plan(Optional.empty()).isEmpty()).isTrue();
  }

  @Test
  void seedThatWasDrawnIsDiscardedToo() throws IOException {
    world.save("portrait", Graphs.text("sea.safetensors", 9));

    assertThat(world.rollback().plan(Optional.empty()).discarded())
        .containsExactly("workflow portrait.json");
  }

  @Test
  void ignoredWorkflowsStay() throws IOException {
    world.write(".cec/.comfydock_ignore", "drafts/\n");
    world.commit("Ignore drafts");
    world.save("drafts/a", OCEAN);

    assertThat(world.rollback().plan(Optional.empty()).isEmpty()).isTrue();
  }

  @Test
  void damagedManifestDoesNotKeepFromGoingBack() throws IOException {
    String text = world.read(".cec/pyproject.toml");
    world.write(".cec/pyproject.toml", "[[[");

    world.rollback().apply(world.rollback().plan(Optional.empty()), Steps.silent());

    assertThat(world.read(".cec/pyproject.toml")).isEqualTo(text);
    assertThat(world.trash().values()).contains("[[[");
  }

  @Test
  void packsAreReconciled() throws IOException {
    world.pack("old", "1", "# old 1");
    world.record("old", NodeEntry.registry("old", "old", "1"));
    world.pack("mine", "dev", "# mine");
    world.record("mine", NodeEntry.development("mine"));
    world.commit("Packs");
    Files.delete(world.environment.customNodes().resolve("old/__init__.py"));
    Files.delete(world.environment.customNodes().resolve("old"));
    world.forget("old");
    world.pack("new", "2", "# new 2");
    world.record("new", NodeEntry.registry("new", "new", "2"));
    world.pack("other", "dev", "# other");
    world.record("other", NodeEntry.development("other"));
    world.commit("Other packs");

    RollbackPlan plan = world.rollback().plan(Optional.of("v3"));
    world.rollback().apply(plan, Steps.silent());

    assertThat(world.read("ComfyUI/custom_nodes/old/__init__.py")).isEqualTo("# old 1");
    assertThat(world.read("ComfyUI/custom_nodes/mine/__init__.py")).isEqualTo("# mine");
    assertThat(world.read("ComfyUI/custom_nodes/other.disabled/__init__.py")).isEqualTo("# other");
    assertThat(world.environment.customNodes().resolve("new")).doesNotExist();
    assertThat(world.environment.customNodes().resolve("other")).doesNotExist();
    assertThat(world.trash().values()).contains("# new 2");
    assertThat(plan.warnings()).anyMatch(line -> line.contains("other.disabled"));

    world.rollback().apply(world.rollback().plan(Optional.of("v4")), Steps.silent());
    assertThat(world.read("ComfyUI/custom_nodes/other/__init__.py")).isEqualTo("# other");
    assertThat(world.read("ComfyUI/custom_nodes/new/__init__.py")).isEqualTo("# new 2");
  }

  @Test
  void packThatIsNowhereLeavesEverything() throws IOException {
    world.pack("old", "1", "# old 1");
    world.record("old", NodeEntry.registry("old", "old", "1"));
    world.commit("Pack");
    dev.tidepool.io.Folders.delete(world.environment.customNodes().resolve("old"));
    world.forget("old");
    world.save("portrait", OCEAN);
    world.commit("No pack");
    Files.delete(world.folder.resolve("store/old-1.py"));
    Map<String, String> before = world.files();
    RollbackPlan plan = world.rollback().plan(Optional.of("v3"));

    assertThatThrownBy(() -> world.rollback().apply(plan, Steps.silent()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("pack-not-available"));

    assertThat(world.files()).isEqualTo(before);
  }

  @Test
  void developmentNodeKeepsItsChanges() throws IOException {
    world.pack("mine", "dev", "# mine");
    world.record("mine", NodeEntry.development("mine"));
    world.commit("Pack");
    world.pack("mine", "dev", "# changed");

    RollbackPlan plan = world.rollback().plan(Optional.of("v3"));

    assertThat(plan.packs()).isEmpty();
    assertThat(plan.warnings()).anyMatch(line -> line.contains("mine stays as it is"));
  }

  @Test
  void changeInBetweenIsNoticed() throws IOException {
    world.save("portrait", OCEAN);
    RollbackPlan plan = world.rollback().plan(Optional.empty());
    world.save("portrait", Graphs.text("ocean.safetensors", 3));
    world.save("another", SEA);
    Map<String, String> before = world.files();

    assertThatThrownBy(() -> world.rollback().apply(plan, Steps.silent()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("environment-changed"));

    assertThat(world.files()).isEqualTo(before);
  }

  @Test
  void unknownVersionIsNamed() {
    assertThatThrownBy(() -> world.rollback().plan(Optional.of("v9")))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("version-not-found"));
  }

  @Test
  void folderNameFromOutsideStaysInside() throws IOException {
    world.write(
        ".cec/pyproject.toml",
        Manifest.parse(world.read(".cec/pyproject.toml"))
            .withNode("evil", NodeEntry.registry("../../../evil", "evil", "1"))
            .text());
    world.commit("Evil");
    Map<String, String> before = new TreeMap<>(world.files());

    assertThatThrownBy(() -> world.rollback().plan(Optional.of("v3")))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("pack-name-invalid"));

    assertThat(world.files()).isEqualTo(before);
  }
}
