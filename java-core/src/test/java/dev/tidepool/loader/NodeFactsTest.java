package dev.tidepool.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a server that answers as a ComfyUI does. Single quotes stand for double ones. */
class NodeFactsTest {
  private final Map<String, String> answers = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body =
              answers.getOrDefault(path, "").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, 0);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    answers.put(
        "/models", "['checkpoints', 'loras', 'my models', 'empty', 'twin', 'custom_nodes']");
    answers.put("/models/checkpoints", "['a.safetensors', 'sub/b.safetensors']");
    answers.put("/models/loras", "['ink.safetensors']");
    answers.put("/models/my models", "['q4.gguf', 'q8.gguf']");
    answers.put("/models/empty", "[]");
    answers.put("/models/twin", "['ink.safetensors']");
    answers.put("/object_info", "{}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void inputThatOffersAFoldersListLoadsFromIt() {
    info(
        "'MyLoader': {'input': {'required': {'model': ['MODEL'], 'seed': ['INT', {}], 'name':"
            + " [['q4.gguf', 'q8.gguf'], {}]}, 'optional': {'also': ['COMBO', {'options': ['None',"
            + " 'a.safetensors', 'sub/b.safetensors']}]}}, 'input_order': {'required': ['model',"
            + " 'seed', 'name'], 'optional': ['also']}}");
    Loaders loaders = ask().refine(Loaders.builtIn());

    assertThat(loaders.widgetNames("MyLoader"))
        .containsExactly("seed", "control_after_generate", "name", "also");
    assertThat(loaders.slots("MyLoader"))
        .containsExactly(
            new LoaderSlot("name", OptionalInt.of(2), List.of("my models"), Map.of()),
            new LoaderSlot("also", OptionalInt.of(3), List.of("checkpoints"), Map.of("None", "")));
    assertThat(loaders.folder("my models")).isPresent();
  }

  @Test
  void inputThatFitsTwoFoldersOrOffersOtherModelsStaysUnknown() {
    info(
        "'Twin': {'input': {'required': {'name': [['ink.safetensors']]}}},"
            + "'Part': {'input': {'required': {'name': [['a.safetensors']]}}},"
            + "'More': {'input': {'required': {'name': [['q4.gguf', 'q8.gguf', 'c.gguf']]}}},"
            + "'Sampler': {'input': {'required': {'name': [['euler', 'ddim']]}}}");
    Loaders loaders = ask().refine(Loaders.builtIn());

    for (String type : List.of("Twin", "Part", "More", "Sampler")) {
      assertThat(loaders.slots(type)).as(type).isEmpty();
      assertThat(loaders.knows(type)).as(type).isTrue();
    }
  }

  @Test
  void whatWasKnownStaysWhereListsAreEmpty() {
    info(
        "'VAELoader': {'input': {'required': {'device': [['cpu']], 'vae_name':"
            + " [['pixel_space']]}}}, 'UNETLoader': {'input': {'required': {'path': ['STRING']}}}");
    Loaders loaders = ask().refine(Loaders.builtIn());

    assertThat(loaders.slots("VAELoader"))
        .singleElement()
        .satisfies(
            slot -> {
              assertThat(slot.widget()).isEqualTo(OptionalInt.of(1));
              assertThat(slot.folder("taehv.safetensors")).isEqualTo("vae_approx");
              assertThat(slot.isFile("pixel_space")).isFalse();
            });
    assertThat(loaders.slots("UNETLoader")).isEmpty();
    assertThat(loaders.slots("LoraLoader")).hasSize(1);
  }

  @Test
  void filesOfTheServerDecideWhatIsFound() {
    ModelLists files = new ModelLists(ask().files());
    ModelFolder checkpoints = Loaders.builtIn().folder("checkpoints").orElseThrow();

    assertThat(files.exists(checkpoints, "sub/b.safetensors")).isTrue();
    assertThat(files.exists(checkpoints, "b.safetensors")).isFalse();
    assertThat(files.named("B.safetensors"))
        .containsExactly(new ModelFiles.Found("checkpoints", "checkpoints", "sub/b.safetensors"));
    assertThat(files.separator()).isEqualTo("/");
    assertThat(new ModelLists(Map.of("vae", List.of("a\\b.pt"))).separator()).isEqualTo("\\");
  }

  @Test
  void directoriesOfThisMachineAreTold(@TempDir Path folder) {
    assertThat(running().directories()).isEmpty();
    answers.put(
        "/experiment/models",
        "[{'name': 'loras', 'folders': ['HERE', '/nowhere/loras', 'loras', 7]}, {'name': 'vae'}]"
            .replace("HERE", folder.toString()));

    assertThat(running().directories())
        .containsOnly(Map.entry("loras", List.of(folder)), Map.entry("vae", List.of()));
    assertThat(new RunningComfyUi(URI.create("http://192.0.2.1:1")).directories()).isEmpty();
  }

  @Test
  void serverThatAnswersNoJsonIsNamed() {
    answers.put("/object_info", "<html>");

    assertThatThrownBy(this::ask)
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("comfyui-answer-invalid");
              assertThat(e.text()).contains("/object_info");
            });
  }

  @Test
  void missingServerIsNamed() {
    answers.remove("/models");

    assertThatThrownBy(this::ask)
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> assertThat(e.text()).contains("/models: it answers with the status 404"));
    server.stop(0);
    assertThatThrownBy(this::ask)
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("comfyui-unreachable"));
  }

  private void info(String nodes) {
    answers.put("/object_info", "{" + nodes + "}");
  }

  private NodeFacts ask() {
    return running().ask();
  }

  private RunningComfyUi running() {
    return new RunningComfyUi(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }
}
