package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComfyUiModelsTest {
  @TempDir Path comfyUi;

  @Test
  void readsTheFoldersThatComfyUiReads() throws IOException {
    Files.writeString(
        comfyUi.resolve("extra_model_paths.yaml"),
        """
        # a comment
        a1111:
            base_path: ~/webui$SUFFIX
            is_default: true
            checkpoints: models/Stable-diffusion
            loras: |
                models/Lora
                models/LyCORIS

            clip: models/clip/
            custom_nodes: nodes
            vae: /elsewhere/vae
        plain:
            unet: unets
            embeddings: [one, two]
            upscale_models: 7
        empty:
        """);
    assertThat(ComfyUiModels.of(comfyUi, Map.of("HOME", "/home/ann", "SUFFIX", "-2")))
        .containsExactly(
            ModelRoot.of(comfyUi.resolve("models")),
            new ModelRoot(Path.of("/home/ann/webui-2/models/Stable-diffusion"), "checkpoints"),
            new ModelRoot(Path.of("/home/ann/webui-2/models/Lora"), "loras"),
            new ModelRoot(Path.of("/home/ann/webui-2/models/LyCORIS"), "loras"),
            new ModelRoot(Path.of("/home/ann/webui-2/models/clip"), "text_encoders"),
            new ModelRoot(Path.of("/elsewhere/vae"), "vae"),
            new ModelRoot(comfyUi.resolve("unets"), "diffusion_models"),
            new ModelRoot(comfyUi.resolve("one"), "embeddings"),
            new ModelRoot(comfyUi.resolve("two"), "embeddings"));
  }

  @Test
  void withoutTheFileThereIsOnlyTheModelsFolder() {
    assertThat(ComfyUiModels.of(comfyUi, Map.of()))
        .containsExactly(ModelRoot.of(comfyUi.resolve("models")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "just text",
        "- a\n- b",
        "a: [",
        "a: {vae: \"\\0\"}",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: !!python/object:os.system {}",
        "deep",
        "aliases",
        "large"
      })
  void whatIsNoSuchFileIsRefused(String text) throws IOException {
    Files.writeString(
        comfyUi.resolve("extra_model_paths.yaml"),
        switch (text) {
          case "deep" -> "a: " + "[".repeat(100_000) + "]".repeat(100_000);
          case "aliases" -> billionLaughs();
          case "large" -> "# " + "x".repeat(2 << 20);
          default -> text;
        });
    assertThatThrownBy(() -> ComfyUiModels.of(comfyUi, Map.of()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> assertThat(e.code()).isEqualTo("extra-model-paths-invalid"));
  }

  private static String billionLaughs() {
    StringBuilder text = new StringBuilder("l0: &l0 [x]\n");
    for (int i = 1; i < 80; i++) {
      text.append("l").append(i).append(": &l").append(i).append(" [");
      text.append("*l").append(i - 1).append(", *l").append(i - 1).append("]\n");
    }
    return text.toString();
  }
}
