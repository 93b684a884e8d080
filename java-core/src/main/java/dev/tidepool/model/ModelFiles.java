package dev.tidepool.model;

import java.util.Locale;
import java.util.Set;

/** What a model's file is called. */
final class ModelFiles {
  /** The file that makes a folder one model of the diffusers library. */
  static final String FOLDER_MARK = "model_index.json";

  /** ComfyDock's limit: what is smaller is no model, but what an attempt to get one left. */
  static final long SMALLEST = 8;

  /** ComfyUI's own extensions ({@code folder_paths.supported_pt_extensions}) and two more. */
  private static final Set<String> EXTENSIONS =
      Set.of("safetensors", "sft", "ckpt", "pt", "pt2", "pth", "bin", "gguf", "onnx", "pkl");

  /** The folders below ComfyUI's {@code models} ({@code folder_paths.py} of 0.30.0). */
  private static final Set<String> TYPES =
      Set.of(
          "checkpoints",
          "loras",
          "vae",
          "text_encoders",
          "clip",
          "diffusion_models",
          "unet",
          "clip_vision",
          "style_models",
          "embeddings",
          "diffusers",
          "vae_approx",
          "controlnet",
          "t2i_adapter",
          "gligen",
          "upscale_models",
          "latent_upscale_models",
          "hypernetworks",
          "photomaker",
          "classifiers",
          "model_patches",
          "audio_encoders",
          "background_removal",
          "frame_interpolation",
          "geometry_estimation",
          "optical_flow",
          "detection");

  private ModelFiles() {}

  /** Whether a file of this name holds a model; names that begin with a dot are hidden. */
  static boolean isModel(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Whether ComfyUI has a folder of this name below {@code models}. */
  static boolean isType(String name) {
    return TYPES.contains(name);
  }
}
