package dev.tidepool.origin;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A version of a model at CivitAI, as its public API answers it (developer.civitai.com, "Model
 * versions"):
 *
 * <pre>
 * {"id":2514310,"modelId":827184,"usageControl":"Download",
 *  "files":[{"name":"wai_v160.safetensors","sizeKB":6775430.35,
 *    "hashes":{"SHA256":"A5F58EB1C33616…","BLAKE3":"1A411D9B…"},
 *    "downloadUrl":"https://civitai.com/api/download/models/2514310"}]}
 * </pre>
 *
 * @param offered whether its files may be downloaded at all
 */
record CivitaiVersion(boolean offered, List<File> files) {
  private static final int LONGEST = 2048;
  private static final BigDecimal KIBIBYTE = BigDecimal.valueOf(1024);

  /**
   * One of its files.
   *
   * @param kibibytes its size, rounded
   */
  record File(
      Optional<BigDecimal> kibibytes,
      Optional<String> sha256,
      Optional<String> blake3,
      Optional<URI> download) {

    /** Whether the size that is said fits, rounding aside. */
    boolean hasSize(long bytes) {
      return kibibytes.isPresent()
          && kibibytes
                  .get()
                  .multiply(KIBIBYTE)
                  .subtract(BigDecimal.valueOf(bytes))
                  .abs()
                  .compareTo(KIBIBYTE)
              <= 0;
    }
  }

  /** Reads an answer; fields that make no sense count as missing. */
  static CivitaiVersion of(JsonNode answer) {
    List<File> files = new ArrayList<>();
    for (JsonNode file : answer.path("files")) {
      JsonNode hashes = file.path("hashes");
      JsonNode size = file.path("sizeKB");
      files.add(
          new File(
              size.isNumber() ? sensible(size.decimalValue()) : Optional.empty(),
              hash(hashes.path("SHA256")),
              hash(hashes.path("BLAKE3")),
              address(file.path("downloadUrl"))));
    }
    String usage = answer.path("usageControl").asText("Download");
    return new CivitaiVersion(usage.equals("Download") || usage.equals("null"), files);
  }

  /** A number like 1e999999999 would take the memory of the machine once it is multiplied. */
  private static Optional<BigDecimal> sensible(BigDecimal number) {
    return Optional.of(number)
        .filter(n -> n.signum() >= 0 && n.precision() - n.scale() <= 15 && n.scale() <= 30);
  }

  private static Optional<String> hash(JsonNode node) {
    return Optional.ofNullable(node.textValue())
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> text.matches("[0-9a-f]{64}"));
  }

  private static Optional<URI> address(JsonNode node) {
    String text = node.asText("");
    try {
      return text.isEmpty() || text.length() > LONGEST
          ? Optional.empty()
          : Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
