package dev.tidepool.weights;

import java.util.List;
import java.util.Optional;

/**
 * What the head of a model file tells. Texts are the author's own words, blanks trimmed, and may
 * hold any character.
 *
 * @param format {@code safetensors} or {@code gguf}
 * @param kind what the model is for: {@code checkpoint}, {@code diffusion model}, {@code lora},
 *     {@code vae}, {@code controlnet}, {@code text encoder}, {@code clip vision}, {@code ip
 *     adapter}, {@code embedding} or {@code upscaler}
 * @param baseModel what it is or was made from, as the file calls it, such as {@code
 *     stable-diffusion-xl-v1-base}
 * @param title its name
 * @param triggerWords words that call it up in a prompt, the most important first; at most {@value
 *     WeightsHeaders#MOST_WORDS}
 * @param tensors how many tensors it has
 * @param precision the type of most of its parameters, as the format calls it, such as {@code BF16}
 *     or {@code Q4_K}
 */
public record WeightsHeader(
    String format,
    Optional<String> kind,
    Optional<String> baseModel,
    Optional<String> title,
    List<String> triggerWords,
    long tensors,
    Optional<String> precision) {
  /** Keeps a copy of the words. */
  public WeightsHeader {
    triggerWords = List.copyOf(triggerWords);
  }
}
