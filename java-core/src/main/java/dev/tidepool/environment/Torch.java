package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which PyTorch an environment gets.
 *
 * @param backend {@code auto}, {@code cpu}, {@code cu130} and the like
 * @param index the part of the address of PyTorch's own package index; nothing for the general
 *     package index
 */
public record Torch(String backend, Optional<String> index) {
  private static final Pattern BACKEND = Pattern.compile("cpu|cu\\d{3}|rocm\\d+(?:\\.\\d+)+|xpu");

  /**
   * Reads what a user typed.
   *
   * @param graphics whether a graphics card is seen, for {@code auto}
   * @throws TidepoolException {@code usage}
   */
  public static Torch of(String text, boolean graphics) {
    if (text.equals("auto")) {
      String system = System.getProperty("os.name", "");
      boolean general = system.contains("Mac") || (graphics && !system.startsWith("Win"));
      return new Torch(text, general ? Optional.empty() : Optional.of(graphics ? "cu130" : "cpu"));
    }
    if (!BACKEND.matcher(text).matches()) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "No PyTorch is called " + Texts.quoted(text) + ".",
          "Name auto, cpu, or one for your card, such as cu130.");
    }
    return new Torch(text, Optional.of(text));
  }

  /** The name of the index in a manifest, as ComfyDock gives it. */
  String indexName() {
    return "pytorch-" + index.orElse("");
  }

  String indexAddress() {
    return "https://download.pytorch.org/whl/" + index.orElse("");
  }
}
