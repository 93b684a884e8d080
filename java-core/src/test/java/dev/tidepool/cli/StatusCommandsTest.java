package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.cli.Session.Run;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.version.Graphs;
import dev.tidepool.version.VersionWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole command lines of status, commit, rollback and workflow list. */
class StatusCommandsTest {
  private static final String SEA = Graphs.text("sea.safetensors", 1);

  @TempDir Path folder;
  private VersionWorld world;
  private Session session;

  @BeforeEach
  void make() throws IOException {
    world = VersionWorld.in(folder);
    session = new Session(world.folder).with("TIDEPOOL_HOME", world.folder.toString());
    world.model("checkpoints/sea.safetensors");
  }

  @Test
  void statusLeadsToACommitAndBack() throws IOException {
    world.save("portrait", SEA);
    assertThat(session.run("status").out())
        .contains("studio at v1", "Workflows: 1 new", "  + portrait");

    Run commit = session.run("commit", "-m", "First picture");
    assertThat(commit.exitCode()).isZero();
    assertThat(commit.out()).containsExactly("v2  First picture", "  + portrait");
    assertThat(session.run("status").out())
        .contains("studio at v2", "Workflows: 1 synced", "Nothing to commit.");
    assertThat(session.run("commit").err()).containsExactly("Nothing to commit.");

    world.save("portrait", Graphs.text("sea.safetensors", 2));
    assertThat(session.run("status").out())
        .contains("Workflows: 1 modified", "  ~ portrait", "      KSampler seed: 1 -> 2");
  }

  @Test
  void statusForProgramsIsPlainData() throws IOException {
    world.save("portrait", Graphs.text("nowhere.safetensors", 1));
    world.save("broken", "[]");
    world.record("gone", NodeEntry.registry("gone", "gone", "1"));

    Run run = session.run("status", "--json", "-e", "studio");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .singleElement()
        .asString()
        .contains(
            "\"environment\":\"studio\",\"version\":\"v1\",\"changes\":true,\"ready\":false",
            "\"invalid\":[{\"name\":\"broken\",\"state\":\"new\",\"error\":{\"code\":\"workflow-invalid\"",
            "\"value\":\"nowhere.safetensors\",\"folder\":\"checkpoints\",\"active\":true,"
                + "\"state\":\"missing\"",
            "{\"id\":\"gone\",\"folder\":\"gone\",\"state\":\"missing\"",
            "\"uncommitted\":[{\"path\":\"pyproject.toml\",\"change\":\"modified\"}]");
  }

  @Test
  void workflowListShowsTheStateOfEach() throws IOException {
    world.save("same", SEA);
    world.save("other", SEA);
    world.save("gone", SEA);
    world.commit("Three");
    world.save("other", Graphs.text("sea.safetensors", 2));
    world.save("entwürfe/neu", SEA);
    Files.delete(world.environment.liveWorkflows().resolve("gone.json"));

    assertThat(session.run("workflow", "list", "-e", "studio").out())
        .containsExactly(
            "STATE       WORKFLOW",
            "+ new       entwürfe/neu",
            "- deleted   gone",
            "~ modified  other",
            "= synced    same");
    assertThat(session.run("workflow", "list", "-e", "studio", "--json").out())
        .singleElement()
        .asString()
        .startsWith("{\"workflows\":[{\"name\":\"entwürfe/neu\",\"state\":\"new\"");
  }

  @Test
  void strictCommitRecordsNothingUnresolved() throws IOException {
    world.save("portrait", Graphs.text("nowhere.safetensors", 1));
    Map<String, String> before = world.files();

    Run strict = session.run("commit", "--strict");

    assertThat(strict.exitCode()).isEqualTo(1);
    assertThat(strict.err()).contains("hint: portrait: nowhere.safetensors is not in checkpoints");
    assertThat(world.files()).isEqualTo(before);
    assertThat(session.run("commit").err())
        .contains(
            "unresolved: nowhere.safetensors in checkpoints, for CheckpointLoaderSimple in"
                + " portrait");
  }

  @Test
  void commitAsksOnATerminal() throws IOException {
    world.model("checkpoints/deep/sea-fp16.safetensors");
    Files.delete(world.models.resolve("checkpoints/sea.safetensors"));
    world.save("portrait", SEA);

    session.typing("1\n").run("commit");

    assertThat(world.read(".cec/workflows/portrait.json"))
        .contains("\"deep/sea-fp16.safetensors\"");
  }

  @Test
  void rollbackShowsItsPlanAndDoesIt() throws IOException {
    world.save("portrait", SEA);
    world.commit("Two");
    world.save("portrait", Graphs.text("sea.safetensors", 2));
    world.commit("Three");

    Run plan = session.run("rollback", "v2", "--dry-run");
    assertThat(plan.out())
        .containsExactly("replace workflow portrait.json", "replace .cec/workflows/portrait.json");
    assertThat(world.read(".cec/workflows/portrait.json")).contains("[2,");

    Run done = session.run("rollback", "v2");
    assertThat(done.out()).containsExactly("studio is as it was in v2.");
    assertThat(done.err()).contains("hint: keep this as a new version: tidepool commit -m MESSAGE");
    assertThat(world.read("ComfyUI/user/default/workflows/portrait.json")).isEqualTo(SEA);
    assertThat(session.run("status").out())
        .contains("Recorded, but in no version yet:", "  modified workflows/portrait.json");
    assertThat(session.run("rollback", "v2").err()).contains("Everything is as in v2 already.");
  }

  @Test
  void discardingIsConfirmed() throws IOException {
    world.save("portrait", SEA);
    world.commit("Two");
    world.save("portrait", Graphs.text("sea.safetensors", 2));

    Run refused = session.run("rollback");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("  workflow portrait.json", "hint: Or let them go: tidepool rollback --yes");
    assertThat(world.read("ComfyUI/user/default/workflows/portrait.json")).contains("[2,");

    assertThat(session.typing("n\n").run("rollback").exitCode()).isEqualTo(3);
    assertThat(session.typing("").run("rollback", "--yes").exitCode()).isZero();
    assertThat(world.read("ComfyUI/user/default/workflows/portrait.json")).isEqualTo(SEA);
    assertThat(world.trash()).hasSize(1);
  }

  @Test
  void rollbackForProgramsAnswersWithItsPlan() throws IOException {
    world.save("portrait", SEA);
    world.commit("Two");
    Files.delete(world.environment.liveWorkflows().resolve("portrait.json"));

    assertThat(session.run("rollback", "--json").out())
        .singleElement()
        .asString()
        .contains(
            "\"target\":\"v2\"",
            "\"done\":true",
            "{\"step\":\"restore\",\"path\":\"portrait.json\",\"trash\":false}");
  }

  @Test
  void unknownVersionIsAnError() {
    Run run = session.run("rollback", "v9");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("hint: Versions are v1 to v1: tidepool log lists them.");
  }
}
