package dev.tidepool.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadersTest {
  private final Loaders loaders = Loaders.builtIn();

  @ParameterizedTest
  @CsvSource({
    "CheckpointLoaderSimple, ckpt_name, 0, checkpoints",
    "CheckpointLoader, config_name, 0, configs",
    "CheckpointLoader, ckpt_name, 1, checkpoints",
    "QuadrupleCLIPLoader, clip_name4, 3, text_encoders",
    "LTXAVTextEncoderLoader, text_encoder, 0, text_encoders",
    "LTXAVTextEncoderLoader, ckpt_name, 1, checkpoints",
    "TrainLoraNode, existing_lora, 16, loras",
    "UNETLoader, unet_name, 0, diffusion_models",
    "DiffusersLoader, model_path, 0, diffusers",
    "LoadMediaPipeFaceLandmarker, model_name, 0, detection"
  })
  void tableKnowsTheSlotsOfCoreLoaders(String type, String input, int widget, String folder) {
    assertThat(loaders.slots(type))
        .filteredOn(slot -> slot.input().equals(input))
        .singleElement()
        .satisfies(
            slot -> {
              assertThat(slot.widget()).isEqualTo(OptionalInt.of(widget));
              assertThat(slot.folder()).isEqualTo(folder);
            });
  }

  @Test
  void tableHasAllLoadersAndSlotsThatWereCounted() {
    assertThat(loaders.loaderTypes()).hasSize(39);
    assertThat(loaders.loaderTypes().stream().mapToInt(type -> loaders.slots(type).size()).sum())
        .isEqualTo(47);
  }

  @Test
  void nodeWithoutModelsIsKnownToHaveNone() {
    assertThat(loaders.knows("KSampler")).isTrue();
    assertThat(loaders.slots("KSampler")).isEmpty();
    assertThat(loaders.widgetNames("KSampler"))
        .startsWith("seed", "control_after_generate", "steps");
    assertThat(loaders.knows("MarkdownNote")).isTrue();
    assertThat(loaders.knows("UnetLoaderGGUF")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pixel_space", "taesd", "taesdxl", "taesd3", "taef1", "taef2", "None", ""})
  void virtualValueIsNoFile(String value) {
    assertThat(vae().isFile(value)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ae.safetensors, vae",
    "taesd.safetensors, vae",
    "sub/taehv.safetensors, vae",
    "taehv.safetensors, vae_approx",
    "lighttaew2_1.pth, vae_approx"
  })
  void valueDecidesTheFolder(String value, String folder) {
    assertThat(vae().isFile(value)).isTrue();
    assertThat(vae().folder(value)).isEqualTo(folder);
  }

  @Test
  void folderIsFoundByAnOldNameToo() {
    assertThat(loaders.folder("clip").orElseThrow().paths())
        .containsExactly("text_encoders", "clip");
    assertThat(loaders.folder("diffusion_models").orElseThrow().paths())
        .containsExactly("unet", "diffusion_models");
    assertThat(loaders.folder("controlnet").orElseThrow().baseNames())
        .containsExactly("controlnet", "t2i_adapter");
    assertThat(loaders.folder("nothing")).isEmpty();
    assertThat(loaders.folders()).hasSize(25);
  }

  @ParameterizedTest
  @CsvSource({
    "checkpoints, x.safetensors, true",
    "checkpoints, X.SAFETENSORS, true",
    "checkpoints, x.gguf, false",
    "checkpoints, safetensors, false",
    "checkpoints, .safetensors, false",
    "configs, v1.yaml, true",
    "diffusers, anything, true"
  })
  void extensionDecidesWhatComfyUiOffers(String folder, String name, boolean offered) {
    assertThat(loaders.folder(folder).orElseThrow().offers(name)).isEqualTo(offered);
  }

  @Test
  void folderWithoutExtensionsOffersEverything() {
    assertThat(new ModelFolder("x", List.of("x"), Set.of()).offers("a.txt")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a.safetensors, true",
    "sub\\A.GGUF, true",
    "https://example.org/a.safetensors, false",
    "a.png, false",
    "model.safetensors please, false"
  })
  void nameTellsAModel(String text, boolean model) {
    assertThat(ModelNames.looksLikeModel(text)).isEqualTo(model);
  }

  private LoaderSlot vae() {
    return loaders.slots("VAELoader").get(0);
  }
}
