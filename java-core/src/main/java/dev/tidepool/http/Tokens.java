package dev.tidepool.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which token is shown to which host, as {@code Authorization: Bearer} (RFC 6750). A token goes to
 * its host and to hosts below that name, only encrypted, and to no host that those redirect to.
 * Never printed. Immutable.
 */
public final class Tokens implements Credentials {
  /** Names a token for each host: {@code models.example.com=abc other.example=def}. */
  public static final String VARIABLE = "TIDEPOOL_TOKENS";

  private final Map<String, String> byHost;
  private final boolean unencryptedToo;

  private Tokens(Map<String, String> byHost, boolean unencryptedToo) {
    this.byHost = Map.copyOf(byHost);
    this.unencryptedToo = unencryptedToo;
  }

  /** No tokens. */
  public static Tokens none() {
    return new Tokens(Map.of(), false);
  }

  /**
   * The tokens in environment variables: {@code HF_TOKEN} for huggingface.co, {@code
   * CIVITAI_API_KEY}, {@code CIVITAI_API_TOKEN} or {@code CIVITAI_TOKEN} for civitai.com, and
   * {@link #VARIABLE}.
   *
   * @param unencryptedToo whether they may travel by {@code http}, which only an {@link
   *     AddressRule} for private networks lets happen
   */
  public static Tokens of(Map<String, String> environment, boolean unencryptedToo) {
    Map<String, String> byHost = new LinkedHashMap<>();
    put(byHost, "huggingface.co", environment.get("HF_TOKEN"));
    put(byHost, "civitai.com", environment.get("CIVITAI_TOKEN"));
    put(byHost, "civitai.com", environment.get("CIVITAI_API_TOKEN"));
    put(byHost, "civitai.com", environment.get("CIVITAI_API_KEY"));
    for (String pair : environment.getOrDefault(VARIABLE, "").strip().split("[\\s,]+")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        put(byHost, pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return new Tokens(byHost, unencryptedToo);
  }

  private static void put(Map<String, String> byHost, String host, @Nullable String token) {
    // Anything else cannot stand in a header field.
    if (token != null && token.strip().matches("[\\x21-\\x7e]+")) {
      byHost.put(host.toLowerCase(Locale.ROOT), token.strip());
    }
  }

  @Override
  public Map<String, String> of(Outgoing request) {
    return of(request.uri())
        .map(text -> Map.of("Authorization", "Bearer " + text))
        .orElse(Map.of());
  }

  /** The token to show there. */
  Optional<String> of(URI uri) {
    if (uri.getHost() == null || !(unencryptedToo || "https".equalsIgnoreCase(uri.getScheme()))) {
      return Optional.empty();
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return byHost.entrySet().stream()
        .filter(each -> host.equals(each.getKey()) || host.endsWith("." + each.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
