package dev.tidepool.loader;

import java.util.Set;

/** Tells texts that name a model file from others. */
public final class ModelNames {
  /** Those of ComfyUI's {@code folder_paths}, and of the formats that packs load. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          ".safetensors", ".sft", ".ckpt", ".pt", ".pt2", ".pth", ".bin", ".pkl", ".gguf", ".onnx");

  private static final int LONGEST = 1024;

  private ModelNames() {}

  /** Whether a text looks like the name or path of a model: one line that ends as such files do. */
  public static boolean looksLikeModel(String text) {
    return text.length() <= LONGEST
        && text.indexOf('\n') < 0
        && !text.contains("://")
        && EXTENSIONS.contains(ModelFolder.extension(text));
  }
}
