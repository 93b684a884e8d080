package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.ErrorPlace;
import dev.tidepool.harness.Ledger;
import dev.tidepool.harness.NodeHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workflow of one arrangement of models is put right for another, and ComfyUI takes it. */
@ComfyUiTest(nodes = {"PoolProfile", "GridImagePool"})
class ModelsRoundTripTest {
  private static final String LOADER = "CheckpointLoaderSimple";
  private static final String INPUT = "ckpt_name";
  private static final String THERE = "portraits/round-trip.safetensors";
  private static final String HERE = "round-trip/sd15/round-trip.safetensors";

  @TempDir private Path folder;

  private Path checkpoints = Path.of("");

  @BeforeEach
  void arrangeModels(ComfyUi server, Ledger ledger) throws IOException {
    checkpoints = server.base().resolve("models/checkpoints");
    Path file = checkpoints.resolve(HERE);
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    Files.write(file, safetensors());
    ledger.allow(
        ErrorPlace.SERVER, "Could not detect model type", "the model is valid, and of no use");
    ledger.allow(
        ErrorPlace.SERVER,
        "Failed to validate prompt|Value not in list|Output will be",
        "the workflow is of another machine");
  }

  @AfterEach
  void removeModels() throws IOException {
    for (Path path = Path.of(HERE); path != null; path = path.getParent()) {
      Files.deleteIfExists(checkpoints.resolve(path));
    }
  }

  @Test
  void apiWorkflowFromThereIsAcceptedHereAfterwards(ComfyApi api)
      throws IOException, InterruptedException {
    JsonNode graph = graph();
    assertThat(refusal(api, graph)).contains("value_not_in_list").contains(THERE);
    Path file = folder.resolve("flow.json");
    Files.writeString(file, graph.toPrettyString());
    resolve(api, file);
    JsonNode mended = new ObjectMapper().readTree(file.toFile());
    assertThat(mended.at("/1/inputs/" + INPUT).asText()).isEqualTo(HERE);
    assertThat(Files.readString(file)).isEqualTo(graph.toPrettyString().replace(THERE, HERE));
    assertThat(refusal(api, mended)).isEmpty();
  }

  @Test
  void editorsWorkflowWithTheLoaderInASubgraphOpensWithoutAQuestion(ComfyPage page)
      throws IOException, InterruptedException {
    NodeHandle loader = page.graph().add(LOADER, PoolSuite.LEFT, PoolSuite.TOP);
    loader.setWidget(INPUT, THERE);
    page.graph().convertToSubgraph(loader);
    Path file = folder.resolve("flow.json");
    Files.writeString(file, page.workflow().toString());
    resolve(page.api(), file);
    page.graph().load(Files.readString(file));
    page.command("Tidepool.FindModels");
    assertThat(page.toasts().with("Every model of this workflow was found.")).isVisible();
    assertThat(page.prompt().toString()).contains(HERE);
  }

  private void resolve(ComfyApi api, Path file) throws IOException, InterruptedException {
    JsonNode answer =
        CommandLine.run(
            "workflow",
            "resolve",
            file.toString(),
            "--comfyui",
            api.address().toString(),
            "--workspace",
            folder.resolve("home").toString(),
            "--json");
    assertThat(answer.at("/models/0/state").asText()).isEqualTo("replaced");
    assertThat(answer.at("/models/0/file").asText()).isEqualTo(HERE);
  }

  /** What ComfyUI has against a graph; empty when it takes it. */
  private static String refusal(ComfyApi api, JsonNode graph) {
    ObjectNode body = api.object();
    body.set("prompt", graph);
    var answer = api.post("/prompt", body);
    api.clear();
    return answer.status() == 200 ? "" : answer.text();
  }

  private static JsonNode graph() throws IOException {
    return new ObjectMapper()
        .readTree(
            """
            {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "%s"}},
             "2": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 64, "batch_size": 1}},
             "3": {"class_type": "VAEDecode", "inputs": {"samples": ["2", 0], "vae": ["1", 2]}},
             "4": {"class_type": "PreviewImage", "inputs": {"images": ["3", 0]}}}
            """
                .formatted(THERE));
  }

  /** The smallest file of the format: one tensor of one number. */
  private static byte[] safetensors() {
    byte[] header =
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
