package dev.tidepool.weights;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The texts of a header that say what the model is: keys of <a
 * href="https://github.com/Stability-AI/ModelSpec">Stability AI's ModelSpec</a> ({@code
 * modelspec.…}), of <a href="https://github.com/kohya-ss/sd-scripts">sd-scripts</a>, which trains
 * most LoRAs ({@code ss_…}), and of GGUF ({@code general.…}). Not thread-safe.
 */
final class Metadata {
  /** The one text that may be long. */
  static final String TAGS = "ss_tag_frequency";

  /** The most characters of another text that is kept. */
  static final int LONGEST = 2000;

  private static final Set<String> KEYS =
      Set.of(
          "modelspec.architecture",
          "modelspec.title",
          "modelspec.trigger_phrase",
          "ss_network_module",
          "ss_base_model_version",
          "ss_sd_model_name",
          "ss_output_name",
          TAGS,
          "general.architecture",
          "general.type",
          "general.name",
          "general.base_model.0.name");

  private final Map<String, String> texts = new HashMap<>();

  /** Whether the text under this key says anything here. */
  static boolean wants(String key) {
    return KEYS.contains(key);
  }

  /** Keeps a text; a longer one than any honest one is ignored. */
  void put(String key, String text) {
    if (wants(key) && (text.length() <= LONGEST || key.equals(TAGS))) {
      texts.put(key, text.strip());
    }
  }

  /** The first of these texts that says something. Python's word for nothing says nothing. */
  Optional<String> first(String... keys) {
    for (String key : keys) {
      String text = texts.getOrDefault(key, "");
      if (!text.isEmpty() && !text.equals("None") && !text.equals("null")) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  Optional<String> baseModel() {
    Optional<String> named = first("ss_base_model_version", "ss_sd_model_name");
    return first("modelspec.architecture")
        .map(architecture -> architecture.split("/", 2)[0].strip())
        .filter(base -> !base.isEmpty())
        .or(() -> named)
        .or(() -> first("general.base_model.0.name", "general.architecture"));
  }

  Optional<String> title() {
    return first("modelspec.title", "ss_output_name", "general.name");
  }

  List<String> triggerWords() {
    return first("modelspec.trigger_phrase")
        .map(TriggerWords::ofPhrase)
        .filter(words -> !words.isEmpty())
        .or(() -> first(TAGS).map(TriggerWords::ofTags))
        .orElse(List.of());
  }
}
