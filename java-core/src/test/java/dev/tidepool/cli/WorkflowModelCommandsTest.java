package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowModelCommandsTest {
  private static final String WORKFLOW =
      """
      {"3": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "checkpoints/a.ckpt"}},
       "4": {"class_type": "LoraLoader", "inputs": {"lora_name": "a.ckpt", "strength_model": 1.0}},
       "5": {"class_type": "UnetLoaderGGUF", "inputs": {"unet_name": "q4.gguf"}}}
      """;

  @TempDir Path folder;

  private Session session;

  @BeforeEach
  void write() throws IOException {
    session = new Session(folder);
    Files.writeString(folder.resolve("flow.json"), WORKFLOW);
    Files.createDirectories(folder.resolve("models/checkpoints"));
    Files.writeString(folder.resolve("models/checkpoints/a.ckpt"), "");
  }

  @Test
  void modelsAreListedForPeople() {
    Session.Run run = session.run("workflow models flow.json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsExactly(
            "NODE  TYPE                    SLOT       FOLDER       MODEL",
            "3     CheckpointLoaderSimple  ckpt_name  checkpoints  checkpoints/a.ckpt",
            "4     LoraLoader              lora_name  loras        a.ckpt");
    assertThat(run.err())
        .containsExactly(
            "unknown node, looks like a model: 5 UnetLoaderGGUF: q4.gguf",
            "hint: --comfyui DIR asks your ComfyUI what its custom nodes load.");
  }

  @Test
  void modelsAreListedForPrograms() {
    assertThat(session.run("workflow models flow.json --json").out())
        .containsExactly(
            "{\"models\":[{\"subgraph\":null,\"node\":\"3\",\"type\":\"CheckpointLoaderSimple\","
                + "\"slot\":\"ckpt_name\",\"value\":\"checkpoints/a.ckpt\",\"folder\":\"checkpoints\","
                + "\"mode\":\"active\",\"url\":null,\"hash\":null,\"hashType\":null,"
                + "\"directory\":null},{\"subgraph\":null,\"node\":\"4\",\"type\":"
                + "\"LoraLoader\",\"slot\":\"lora_name\",\"value\":\"a.ckpt\",\"folder\":\"loras\","
                + "\"mode\":\"active\",\"url\":null,\"hash\":null,\"hashType\":null,"
                + "\"directory\":null}],\"unknown\":[{\"subgraph\":null,\"node\":\"5\","
                + "\"type\":\"UnetLoaderGGUF\",\"widget\":\"unet_name\",\"value\":\"q4.gguf\","
                + "\"mode\":\"active\"}]}");
  }

  @Test
  void checkSaysWhatIsWrongAndChangesNothing() {
    Session.Run run = session.run("workflow paths flow.json --models models");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.out())
        .containsExactly(
            "HERE/flow.json",
            "  3 CheckpointLoaderSimple.ckpt_name: can be mended: checkpoints/a.ckpt -> a.ckpt",
            "  4 LoraLoader.lora_name: Model must be under loras/ directory for LoraLoader to find"
                + " it.",
            "    It is at checkpoints/a.ckpt; move it to loras/a.ckpt.");
    assertThat(folder.resolve("flow.json")).hasContent(WORKFLOW);
  }

  @Test
  void fixRewritesBothCopiesAndSaysWhatIsLeft() throws IOException {
    Files.copy(folder.resolve("flow.json"), folder.resolve("copy.json"));
    Session.Run dry = session.run("workflow paths flow.json copy.json --models models --dry-run");
    assertThat(dry.out()).filteredOn(line -> line.contains("to rewrite")).hasSize(2);
    assertThat(folder.resolve("flow.json")).hasContent(WORKFLOW);

    Session.Run run = session.run("workflow paths flow.json copy.json --models models --fix");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.out()).filteredOn(line -> line.contains("rewritten")).hasSize(2);
    String after = WORKFLOW.replace("checkpoints/a.ckpt", "a.ckpt");
    assertThat(folder.resolve("flow.json")).hasContent(after);
    assertThat(folder.resolve("copy.json")).hasContent(after);

    Files.createDirectories(folder.resolve("models/loras"));
    Files.writeString(folder.resolve("models/loras/a.ckpt"), "");
    Session.Run again = session.run("workflow paths flow.json --models models");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err())
        .containsExactly(
            "HERE/flow.json: all 2 models are found.",
            "unknown node, looks like a model: 5 UnetLoaderGGUF: q4.gguf",
            "hint: --comfyui DIR asks your ComfyUI what its custom nodes load.");
    assertThat(session.run("workflow paths flow.json --models models --json").out())
        .singleElement()
        .asString()
        .contains("\"unknown\":[{\"subgraph\":null,\"node\":\"5\"", "\"value\":\"q4.gguf\"");
  }

  @Test
  void modelOfAMutedNodeIsToldOfAndIsNoFailure() throws IOException {
    Files.writeString(
        folder.resolve("muted.json"),
        """
        {"nodes": [{"id": 1, "type": "LoraLoader", "mode": 2, "widgets_values": ["gone.ckpt", 1, 1]}]}
        """);
    Session.Run run = session.run("workflow paths muted.json --models models");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("  1 LoraLoader.lora_name (muted): No model gone.ckpt in loras/.");
  }

  @Test
  void missingModelNamesItsAddressAndWhoKeepsItsValue() throws IOException {
    Files.writeString(
        folder.resolve("declared.json"),
        """
        {"nodes": [{"id": 1, "type": "VAELoader", "widgets_values": ["gone.pt"],
          "inputs": [{"name": "vae_name", "widget": {"name": "vae_name"}, "link": 7}],
          "properties": {"models": [{"name": "gone.pt", "url": "https://example.org/gone.pt",
            "hash": "ab12", "hash_type": "SHA256", "directory": "vae"}]}},
          {"id": 2, "type": "PrimitiveNode", "outputs": [{"name": "COMBO", "links": [7]}],
           "widgets_values": ["gone.pt", "fixed"]}],
         "links": [[7, 2, 0, 1, 0, "COMBO"]]}
        """);
    Session.Run run = session.run("workflow paths declared.json --models models");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.out())
        .containsExactly(
            "HERE/declared.json",
            "  1 VAELoader.vae_name (set in 2): No model gone.pt in vae/.",
            "    The workflow says where it is to be had: https://example.org/gone.pt.");
    assertThat(run.err())
        .containsExactly(
            "hint: tidepool workflow resolve looks for the same model under other names.");
    assertThat(session.run("workflow models declared.json --json").out())
        .singleElement()
        .asString()
        .contains(
            "\"url\":\"https://example.org/gone.pt\",\"hash\":\"ab12\",\"hashType\":\"SHA256\","
                + "\"directory\":\"vae\"}");
  }

  @Test
  void errorOfOneFileHasItsHints() throws IOException {
    Files.writeString(folder.resolve("bad.json"), "[]");
    assertThat(session.run("workflow paths bad.json --models models").err())
        .contains(
            "hint: A workflow is what ComfyUI's menu saves with \"Save\" or \"Export (API)\".");
  }

  @Test
  void fileThatIsNoWorkflowDoesNotStopTheOthers() throws IOException {
    Files.writeString(folder.resolve("bad.json"), "[]");
    Session.Run run = session.run("workflow paths bad.json flow.json --models models --fix --json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.out())
        .singleElement()
        .asString()
        .contains(
            "\"state\":\"rewritten\"",
            "\"state\":\"misplaced\"",
            "\"elsewhere\":[\"checkpoints/a.ckpt\"]",
            "\"after\":\"a.ckpt\"",
            "\"code\":\"workflow-invalid\"");
    assertThat(folder.resolve("flow.json"))
        .hasContent(WORKFLOW.replace("checkpoints/a.ckpt", "a.ckpt"));
  }

  @Test
  void modelsHaveToBeSomewhere() {
    assertThat(session.run("workflow paths flow.json").err())
        .startsWith("error: Where are the models?");
    assertThat(session.run("workflow paths flow.json --models nowhere").err())
        .startsWith("error: There is no folder HERE/nowhere.");
    assertThat(session.run("workflow paths flow.json --fix --check").exitCode()).isEqualTo(2);
  }
}
