package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkflowResolveTest {
  @TempDir Path folder;

  @BeforeEach
  void makeModels() throws IOException {
    model("checkpoints/sd15/sea.safetensors", 1);
    model("checkpoints/dune-fp16.safetensors", 2);
    model("checkpoints/a/two.safetensors", 3);
    model("checkpoints/b/two.safetensors", 4);
    model("loras/foam.safetensors", 5);
  }

  @ParameterizedTest
  @CsvSource({
    "sd15/sea.safetensors, found, sd15/sea.safetensors",
    "sd15\\sea.safetensors, mended, sd15/sea.safetensors",
    "checkpoints/sd15/sea.safetensors, mended, sd15/sea.safetensors",
    "other/sea.safetensors, replaced, sd15/sea.safetensors",
    "a/two.safetensors, found, a/two.safetensors",
  })
  void settlesWithoutAsking(String named, String state, String value) throws IOException {
    workflow(named);
    Session.Run run = session().run("workflow resolve flow.json --models models");
    assertThat(run.exitCode()).isZero();
    assertThat(String.join("\n", run.out())).contains(state).contains("checkpoints/" + value);
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(text(value));
  }

  @ParameterizedTest
  @CsvSource({
    "two.safetensors, perhaps a/two.safetensors (same name) or 1 more",
    "SEA.safetensors, 'perhaps sd15/sea.safetensors (same name, other case)'",
    "sea.ckpt, 'perhaps sd15/sea.safetensors (same name, other extension)'",
    "dune.safetensors, perhaps dune-fp16.safetensors (variant of the name)",
    "foam.safetensors, nothing like it is in checkpoints",
    "gone.safetensors, nothing like it is in checkpoints",
  })
  void leavesOpenWhatIsNotSure(String named, String said) throws IOException {
    workflow(named);
    Session.Run run = session().run("models resolve flow.json --models models --no-interactive");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", run.out())).contains("open").contains(said);
    assertThat(run.err()).contains("Open: 1.");
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(text(named));
  }

  @Test
  void fileInTheFolderOfOtherModelsIsToBeMoved() throws IOException {
    workflow("foam.safetensors");
    Session.Run run = session().run("workflow resolve flow.json --models models");
    assertThat(run.err())
        .contains(
            "foam.safetensors: Model must be under checkpoints/ directory for"
                + " CheckpointLoaderSimple to find it.",
            "  It is at loras/foam.safetensors; move it to checkpoints/foam.safetensors.");
  }

  @Test
  void answerIsTakenWrittenAndKept() throws IOException {
    workflow("dune.safetensors");
    Session.Run asked =
        session().typing("7\n1\n").run("workflow resolve flow.json --models models");
    assertThat(asked.exitCode()).isZero();
    assertThat(String.join("\n", asked.err()))
        .contains("1  checkpoints: dune-fp16.safetensors, 20 B (variant of the name)")
        .contains("There is no 7; from 1 to 1, s or q.");
    assertThat(Files.readString(folder.resolve("flow.json")))
        .isEqualTo(text("dune-fp16.safetensors"));
    workflow("dune.safetensors");
    Session.Run again = session().run("workflow resolve flow.json --models models");
    assertThat(String.join("\n", again.out())).contains("decided");
    assertThat(Files.readString(folder.resolve("flow.json")))
        .isEqualTo(text("dune-fp16.safetensors"));
  }

  @Test
  void decisionFollowsTheContentToItsNewNameAndFolder() throws IOException {
    workflow("dune.safetensors");
    assertThat(session().run("models index models").exitCode()).isZero();
    session().typing("1\n").run("workflow resolve flow.json");
    Files.createDirectories(folder.resolve("models/checkpoints/deep"));
    Files.move(
        folder.resolve("models/checkpoints/dune-fp16.safetensors"),
        folder.resolve("models/checkpoints/deep/renamed.safetensors"));
    assertThat(session().run("models index models").exitCode()).isZero();
    workflow("dune.safetensors");
    Session.Run moved = session().run("workflow resolve flow.json");
    assertThat(moved.exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("flow.json")))
        .isEqualTo(text("deep/renamed.safetensors"));
  }

  @Test
  void declaredHashFindsTheFileUnderAnyName() throws Exception {
    byte[] content = Files.readAllBytes(folder.resolve("models/checkpoints/dune-fp16.safetensors"));
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    String flow =
        """
        {"nodes":[{"id":4,"type":"CheckpointLoaderSimple","widgets_values":["lost.safetensors"],
          "properties":{"models":[{"name":"lost.safetensors","url":"https://example.org/lost","hash":"%s",
            "hash_type":"SHA256","directory":"checkpoints"}]}}],"links":[],"version":0.4}
        """
            .formatted(hash.toUpperCase(Locale.ROOT));
    Files.writeString(folder.resolve("flow.json"), flow);
    assertThat(session().run("workflow resolve flow.json --models models").exitCode()).isEqualTo(1);
    assertThat(session().run("models index models --full").exitCode()).isZero();
    assertThat(session().run("workflow resolve flow.json --models models").exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("flow.json")))
        .isEqualTo(flow.replace("[\"lost", "[\"dune-fp16"));
  }

  @Test
  void pathThatNoFileCanHaveLeadsNowhere() throws IOException {
    String named = "/checkpoints".repeat(1000) + "/sd15/sea.safetensors";
    workflow(named);
    Session.Run run = session().run("workflow resolve flow.json --models models");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(text(named));
  }

  @Test
  void contentThatIsKnownToDifferIsOnlySuggested() throws IOException {
    String flow = declaring("old/sea.safetensors", "f".repeat(64));
    Files.writeString(folder.resolve("flow.json"), flow);
    assertThat(session().run("models index models --full").exitCode()).isZero();
    Session.Run run = session().run("workflow resolve flow.json --models models");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", run.out()))
        .contains("perhaps sd15/sea.safetensors (same name, other content)");
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(flow);
  }

  @Test
  void contentIsForgottenOnceTheFileIsAnother() throws Exception {
    Path file = folder.resolve("models/checkpoints/dune-fp16.safetensors");
    byte[] content = Files.readAllBytes(file);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    String flow = declaring("lost.safetensors", hash);
    Files.writeString(folder.resolve("flow.json"), flow);
    assertThat(session().run("models index models --full").exitCode()).isZero();
    Files.write(file, new byte[content.length]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(session().run("workflow resolve flow.json --models models").exitCode()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(flow);
    workflow("dune.safetensors");
    session().typing("1\n").run("workflow resolve flow.json --models models");
    assertThat(Files.readString(folder.resolve("home/.metadata/decisions.json")))
        .contains("\"dune-fp16.safetensors\"")
        .contains("\"key\":\"\"");
  }

  @Test
  void instancesOfOneSubgraphAreDecidedEachForItself() throws IOException {
    String flow = twoInstances("old/two.safetensors", "old/two.safetensors");
    Files.writeString(folder.resolve("flow.json"), flow);
    session().typing("1\n2\n").run("workflow resolve flow.json --models models");
    String chosen = twoInstances("a/two.safetensors", "b/two.safetensors");
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(chosen);
    Files.writeString(folder.resolve("flow.json"), flow);
    Session.Run again = session().run("workflow resolve flow.json --models models");
    assertThat(again.exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(chosen);
  }

  @Test
  void laterChoiceInTheWorkflowWinsOverAnEarlierDecision() throws IOException {
    workflow("two.safetensors");
    session().typing("1\n").run("workflow resolve flow.json --models models");
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(text("a/two.safetensors"));
    workflow("b/two.safetensors");
    Session.Run run = session().run("workflow resolve flow.json --models models");
    assertThat(String.join("\n", run.out())).contains("found");
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(text("b/two.safetensors"));
  }

  @Test
  void chosenFileIsFollowedFromWhereTheWorkflowHasIt() throws IOException {
    workflow("two.safetensors");
    assertThat(session().run("models index models").exitCode()).isZero();
    session().typing("1\n").run("workflow resolve flow.json");
    Files.move(
        folder.resolve("models/checkpoints/a/two.safetensors"),
        folder.resolve("models/checkpoints/renamed.safetensors"));
    assertThat(session().run("models index models").exitCode()).isZero();
    assertThat(session().run("workflow resolve flow.json").exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("flow.json")))
        .isEqualTo(text("renamed.safetensors"));
  }

  @ParameterizedTest
  @CsvSource({"s", "q", "''"})
  void withoutAChoiceNothingChanges(String answer) throws IOException {
    workflow("dune.safetensors");
    Session.Run run =
        session().typing(answer + "\n").run("workflow resolve flow.json --models models");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("flow.json"))).isEqualTo(text("dune.safetensors"));
    assertThat(folder.resolve("home/.metadata/decisions.json")).doesNotExist();
  }

  @Test
  void stoppingKeepsWhatWasDecidedBefore() throws IOException {
    Files.writeString(
        folder.resolve("flow.json"),
        """
        {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "dune.safetensors"}},
         "2": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "two.safetensors"}}}
        """);
    session().typing("1\nq\n").run("workflow resolve flow.json --models models");
    assertThat(Files.readString(folder.resolve("flow.json")))
        .contains("\"dune-fp16.safetensors\"")
        .contains("\"two.safetensors\"");
  }

  @Test
  void dryRunChangesNothing() throws IOException {
    workflow("other/sea.safetensors");
    Session.Run run = session().run("workflow resolve flow.json --models models --dry-run");
    assertThat(run.err()).contains("Would put right: 1.");
    assertThat(Files.readString(folder.resolve("flow.json")))
        .isEqualTo(text("other/sea.safetensors"));
  }

  @Test
  void dryRunAsksNothing() throws IOException {
    workflow("dune.safetensors");
    Session.Run run =
        session().typing("1\n").run("workflow resolve flow.json --models models --dry-run");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", run.err())).contains("Open: 1.").doesNotContain("Which file");
  }

  @Test
  void answerThatCannotBeKeptIsWrittenIntoTheWorkflow() throws IOException {
    workflow("dune.safetensors");
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/.metadata"), "a file where a folder should be");
    Session.Run run = session().typing("1\n").run("workflow resolve flow.json --models models");
    assertThat(run.exitCode()).isZero();
    assertThat(String.join("\n", run.err())).contains("warning: the answer is not kept");
    assertThat(Files.readString(folder.resolve("flow.json")))
        .isEqualTo(text("dune-fp16.safetensors"));
  }

  @Test
  void programsGetEveryOffer() throws IOException {
    workflow("two.safetensors");
    Session.Run run = session().run("workflow resolve flow.json --models models --json");
    assertThat(run.out())
        .containsExactly(
            "{\"models\":[{\"subgraph\":null,\"node\":\"4\",\"type\":\"CheckpointLoaderSimple\","
                + "\"slot\":\"ckpt_name\",\"value\":\"two.safetensors\",\"folder\":\"checkpoints\","
                + "\"mode\":\"active\",\"state\":\"open\",\"file\":null,\"offers\":["
                + "{\"value\":\"a/two.safetensors\",\"reason\":\"same-name\",\"certain\":true},"
                + "{\"value\":\"b/two.safetensors\",\"reason\":\"same-name\",\"certain\":true}]}],"
                + "\"unknown\":0}");
  }

  @Test
  void saysWhereModelsCouldBeNamed() throws IOException {
    workflow("sea.safetensors");
    Session.Run run = session().run("workflow resolve flow.json");
    assertThat(run.err()).contains("error: Where are the models?");
  }

  @Test
  void decisionsThatCannotBeReadAreNotOverwritten() throws IOException {
    workflow("dune.safetensors");
    Path decisions = folder.resolve("home/.metadata/decisions.json");
    Files.createDirectories(folder.resolve("home/.metadata"));
    for (String damaged : List.of("{", "[]", "{\"version\":99}")) {
      Files.writeString(decisions, damaged);
      Session.Run run = session().run("workflow resolve flow.json --models models");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().get(0)).contains("does not hold decisions");
      assertThat(Files.readString(decisions)).isEqualTo(damaged);
    }
  }

  private static String declaring(String model, String hash) {
    return """
    {"nodes":[{"id":4,"type":"CheckpointLoaderSimple","widgets_values":["%s"],
      "properties":{"models":[{"name":"%s","url":"https://example.org/x","hash":"%s",
        "hash_type":"SHA256","directory":"checkpoints"}]}}],"links":[],"version":0.4}
    """
        .formatted(model, model.substring(model.lastIndexOf('/') + 1), hash);
  }

  private static String twoInstances(String first, String second) throws IOException {
    try (var in =
        WorkflowResolveTest.class.getResourceAsStream(
            "/workflow-paths/subgraph-two-instances/before.json")) {
      return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .replace("checkpoints/a.safetensors", first)
          .replace("checkpoints\\\\b.safetensors", second);
    }
  }

  private Session session() {
    return new Session(folder).with("TIDEPOOL_HOME", folder.resolve("home").toString());
  }

  private void workflow(String model) throws IOException {
    Files.writeString(folder.resolve("flow.json"), text(model));
  }

  private static String text(String model) {
    return "{\"nodes\": [ {\"id\":4,\"type\":\"CheckpointLoaderSimple\",\n \"widgets_values\":[\""
        + model.replace("\\", "\\\\")
        + "\"]}],\"links\":[], \"version\":0.40}\n";
  }

  private void model(String name, int bytes) throws IOException {
    Path file = folder.resolve("models").resolve(name);
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    byte[] content = new byte[10 * bytes];
    java.util.Arrays.fill(content, (byte) bytes);
    Files.write(file, content);
  }
}
