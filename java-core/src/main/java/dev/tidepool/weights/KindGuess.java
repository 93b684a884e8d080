package dev.tidepool.weights;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what a model is for: from what its header says, else from the names of its tensors, which
 * are those of the program that wrote it. Not thread-safe.
 */
final class KindGuess {
  private static final Map<String, String> LAST_PARTS =
      Map.of(
          "lora", "lora",
          "lycoris", "lora",
          "controlnet", "controlnet",
          "control-lora", "controlnet",
          "textual-inversion", "embedding",
          "vae", "vae",
          "text-encoder", "text encoder");

  /** GGUF architectures of programs that make pictures, as ComfyUI's loaders for GGUF know them. */
  private static final Set<String> PICTURES =
      Set.of(
          "flux",
          "sd1",
          "sdxl",
          "sd3",
          "aura",
          "hidream",
          "cosmos",
          "ltxv",
          "hyvid",
          "wan",
          "lumina2",
          "qwen_image");

  /** More than any model has; beyond them names tell nothing new. */
  private static final int MOST_NAMES = 50_000;

  private final Set<NameSign> seen = EnumSet.noneOf(NameSign.class);
  private int names;

  /** Takes note of a tensor. */
  void see(String name) {
    if (names++ >= MOST_NAMES) {
      return;
    }
    for (NameSign sign : NameSign.values()) {
      if (!seen.contains(sign) && sign.fits(name)) {
        seen.add(sign);
      }
    }
  }

  Optional<String> kind(Metadata metadata) {
    return said(metadata).or(this::named).or(() -> ofGguf(metadata));
  }

  private static Optional<String> said(Metadata metadata) {
    if (metadata.first("ss_network_module").isPresent()
        || metadata.first("general.type").filter("adapter"::equals).isPresent()) {
      return Optional.of("lora");
    }
    return metadata
        .first("modelspec.architecture")
        .filter(architecture -> architecture.contains("/"))
        .map(architecture -> architecture.substring(architecture.indexOf('/') + 1))
        .map(part -> LAST_PARTS.get(part.strip().toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> ofGguf(Metadata metadata) {
    if (metadata.first("general.type").filter("mmproj"::equals).isPresent()) {
      return Optional.of("clip vision");
    }
    return metadata
        .first("general.architecture")
        .map(name -> PICTURES.contains(name) ? "diffusion model" : "text encoder");
  }

  private Optional<String> named() {
    for (NameSign sign : NameSign.values()) {
      if (seen.contains(sign)) {
        boolean whole =
            sign == NameSign.DIFFUSION_PART
                && (seen.contains(NameSign.VAE_PART) || seen.contains(NameSign.TEXT_PART));
        return Optional.of(whole ? "checkpoint" : sign.kind());
      }
    }
    return Optional.empty();
  }
}
