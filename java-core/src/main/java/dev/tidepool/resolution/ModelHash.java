package dev.tidepool.resolution;

import java.util.Locale;

/**
 * The hash of a model's content as a workflow names it.
 *
 * @param type such as {@code SHA256} or {@code BLAKE3}, in upper case without hyphens
 * @param hash in lower case
 */
public record ModelHash(String type, String hash) {
  /** Evens out how people write them. */
  public ModelHash {
    type = type.toUpperCase(Locale.ROOT).replace("-", "");
    hash = hash.toLowerCase(Locale.ROOT);
  }
}
