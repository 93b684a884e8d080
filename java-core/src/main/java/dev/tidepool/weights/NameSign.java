package dev.tidepool.weights;

import java.util.regex.Pattern;

/** What names of tensors give away; what comes first here counts first. */
enum NameSign {
  LORA(
      "lora",
      "(^|.*[._])(lora(_(down|up|A|B|unet|te\\d?))?|hada_w[12](_[ab])?|lokr_w[12](_[ab])?|oft_blocks)"
          + "([._].*|$)"),
  IP_ADAPTER("ip adapter", "(ip_adapter|image_proj)\\..*"),
  CONTROLNET(
      "controlnet",
      "(control_model|controlnet_\\w+|control_\\w+|input_hint_block|zero_convs)\\..*"),
  DIFFUSION_PART("diffusion model", "(model\\.diffusion_model|net)\\..*"),
  DIFFUSION(
      "diffusion model",
      "((double|single|joint|transformer|input|output|middle|down|up|mid)_blocks?"
          + "|noise_refiner|context_refiner|patch_embedding|patchify_proj|blocks\\.\\d+\\.(self_attn|cross_attn|attn\\d?))\\..*"),
  VAE_PART("vae", "(first_stage_model|vae)\\..*"),
  VAE("vae", "(encoder|decoder)\\.(conv_in|conv1|up|down|up_blocks|down_blocks|middle)\\..*"),
  TEXT_PART("text encoder", "(cond_stage_model|conditioner|text_encoders)\\..*"),
  TEXT_ENCODER(
      "text encoder",
      "(text_model\\.|transformer\\.resblocks\\.|(model\\.)?(embed_tokens|layers\\.\\d+)\\."
          + "|encoder\\.block\\.\\d+\\.layer\\.|shared\\.weight$|token_embd\\.).*"),
  CLIP_VISION("clip vision", "(vision_model|visual)\\..*"),
  UPSCALER("upscaler", "(conv_first|model\\.1\\.sub|body\\.\\d+|RRDB_trunk|upsampler?)\\..*"),
  EMBEDDING("embedding", "emb_params|clip_[lg]|string_to_param.*");

  private final String kind;
  private final Pattern pattern;

  NameSign(String kind, String pattern) {
    this.kind = kind;
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
  }

  String kind() {
    return kind;
  }

  boolean fits(String name) {
    return pattern.matcher(name).matches();
  }
}
