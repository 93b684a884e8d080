package dev.tidepool.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsHeadersTest {
  @TempDir Path folder;

  @Test
  void loraTellsWhatItsTrainerWrote() throws IOException {
    byte[] file =
        ModelBytes.safetensors(
            "\"ss_network_module\":\"networks.lora\",\"ss_base_model_version\":\"sdxl_base_v1-0\","
                + "\"ss_output_name\":\" sea \",\"ss_sd_model_name\":\"base.safetensors\","
                + "\"ss_tag_frequency\":\"{\\\"10_sea\\\":{\\\"wave\\\":7,\\\"sand\\\":9},"
                + "\\\"5_shore\\\":{\\\"wave\\\":3,\\\"pier\\\":1}}\"",
            "lora_unet_down_blocks_0.lora_down.weight",
            "lora_unet_down_blocks_0.lora_up.weight");
    assertThat(read(file))
        .contains(
            new WeightsHeader(
                "safetensors",
                Optional.of("lora"),
                Optional.of("sdxl_base_v1-0"),
                Optional.of("sea"),
                List.of("wave", "sand", "pier"),
                2,
                Optional.of("F16")));
  }

  @Test
  void modelSpecComesBeforeTheTrainersWords() throws IOException {
    byte[] file =
        ModelBytes.safetensors(
            "\"modelspec.architecture\":\"flux-1-dev/lora\",\"modelspec.title\":\"Sea\","
                + "\"modelspec.trigger_phrase\":\"s34, blue sea, s34,\","
                + "\"ss_output_name\":\"x\",\"ss_base_model_version\":\"flux1\","
                + "\"ss_tag_frequency\":\"{\\\"a\\\":{\\\"wave\\\":7}}\"",
            "anything");
    assertThat(read(file))
        .contains(
            new WeightsHeader(
                "safetensors",
                Optional.of("lora"),
                Optional.of("flux-1-dev"),
                Optional.of("Sea"),
                List.of("s34", "blue sea"),
                1,
                Optional.of("F16")));
  }

  @Test
  void wordsThatSayNothingAreNotThere() throws IOException {
    byte[] file =
        ModelBytes.safetensors(
            "\"modelspec.title\":\"  \",\"ss_output_name\":\"None\",\"ss_sd_model_name\":\"null\","
                + "\"ss_tag_frequency\":\"{broken\",\"modelspec.architecture\":7",
            "weight");
    assertThat(read(file))
        .contains(
            new WeightsHeader(
                "safetensors",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                1,
                Optional.of("F16")));
  }

  @Test
  void precisionIsThatOfMostParametersNotOfMostTensors() throws IOException {
    String norm = "{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}";
    String weight = "{\"data_offsets\":[4,8004],\"shape\":[2000,2],\"dtype\":\"BF16\"}";
    byte[] file =
        ModelBytes.safetensors("{\"a\":" + norm + ",\"b\":" + norm + ",\"c\":" + weight + "}  ");
    assertThat(read(file).orElseThrow().precision()).contains("BF16");
    assertThat(read(file).orElseThrow().tensors()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "checkpoint, model.diffusion_model.input_blocks.0.0.weight first_stage_model.decoder.conv_in.bias",
    "checkpoint, model.diffusion_model.double_blocks.0.img_attn.qkv.weight text_encoders.t5xxl.logit",
    "diffusion model, model.diffusion_model.input_blocks.0.0.weight",
    "diffusion model, double_blocks.0.img_attn.qkv.weight",
    "diffusion model, blocks.0.self_attn.q.weight",
    "diffusion model, down_blocks.0.resnets.0.conv1.weight",
    "diffusion model, noise_refiner.0.attention.qkv.weight layers.0.attention.qkv.weight",
    "lora, transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight",
    "lora, unet.down_blocks.0.attentions.0.to_q.lora.down.weight",
    "lora, lora_te1_text_model_encoder_layers_0_mlp_fc1.hada_w1_a",
    "vae, decoder.conv_in.weight encoder.conv_in.weight",
    "vae, encoder.down_blocks.0.resnets.0.conv1.weight",
    "controlnet, control_model.input_hint_block.0.weight",
    "controlnet, controlnet_cond_embedding.conv_in.weight down_blocks.0.resnets.0.conv1.weight",
    "text encoder, text_model.encoder.layers.0.mlp.fc1.weight",
    "text encoder, encoder.block.0.layer.0.SelfAttention.q.weight",
    "text encoder, model.layers.0.self_attn.q_proj.weight visual.blocks.0.attn.qkv.weight",
    "clip vision, vision_model.embeddings.class_embedding",
    "ip adapter, image_proj.proj.weight ip_adapter.1.to_k_ip.weight",
    "embedding, emb_params",
    "upscaler, conv_first.weight",
  })
  void kindShowsInTheNamesOfTheTensors(String kind, String names) throws IOException {
    byte[] file = ModelBytes.safetensors("", names.split(" "));
    assertThat(read(file).orElseThrow().kind()).contains(kind);
  }

  @Test
  void ggufTellsItsPairsAndTensors() throws IOException {
    byte[] file =
        ModelBytes.gguf(3, 6)
            .pair("general.architecture", "flux")
            .pair("general.name", "Flux.1 Dev")
            .text("general.alignment")
            .i32(4)
            .i32(32)
            .text("tokenizer.tokens")
            .i32(9)
            .i32(8)
            .i64(2)
            .text("a")
            .text("bc")
            .text("nested")
            .i32(9)
            .i32(9)
            .i64(2)
            .i32(4)
            .i64(1)
            .i32(7)
            .i32(8)
            .i64(1)
            .text("x")
            .pair("general.base_model.0.name", "FLUX.1")
            .tensor("double_blocks.0.img_attn.qkv.weight", 12, 3072, 9216)
            .tensor("img_in.bias", 0, 3072)
            .tensor("x", 0)
            .toArray();
    assertThat(read(file))
        .contains(
            new WeightsHeader(
                "gguf",
                Optional.of("diffusion model"),
                Optional.of("FLUX.1"),
                Optional.of("Flux.1 Dev"),
                List.of(),
                3,
                Optional.of("Q4_K")));
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2vl, model, text encoder",
    "wan, model, diffusion model",
    "llama, adapter, lora",
    "clip, mmproj, clip vision"
  })
  void ggufWithoutTellingNamesIsWhatItsArchitectureSays(
      String architecture, String type, String kind) throws IOException {
    byte[] file =
        ModelBytes.gguf(1, 2)
            .pair("general.architecture", architecture)
            .pair("general.type", type)
            .tensor("x", 99, 4)
            .toArray();
    WeightsHeader header = read(file).orElseThrow();
    assertThat(header.kind()).contains(kind);
    assertThat(header.precision()).contains("TYPE_99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GGUF", "PK\u0003\u0004 a pickled checkpoint", "{}"})
  void otherContentHasNoHeader(String content) throws IOException {
    assertThat(read(content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @Test
  void folderHasNoHeaderAndMissingFileFails() throws IOException {
    assertThat(WeightsHeaders.read(folder)).isEmpty();
    assertThatThrownBy(() -> WeightsHeaders.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Optional<WeightsHeader> read(byte[] content) throws IOException {
    return WeightsHeaders.read(Files.write(folder.resolve("model"), content));
  }
}
