package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the registry answers, and which addresses it may send one to. Unencrypted addresses are for
 * this machine only.
 *
 * @param base without a slash at its end
 */
public record RegistryAddress(URI base) {
  /** The environment variable that names another registry. */
  public static final String VARIABLE = "TIDEPOOL_REGISTRY_URL";

  private static final String PUBLIC = "https://api.comfy.org";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * The registry that the environment names, else the public one.
   *
   * @throws TidepoolException {@code registry-url-invalid}
   */
  public static RegistryAddress of(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "").strip();
    String text = named.isEmpty() ? PUBLIC : named.replaceFirst("/+$", "");
    try {
      URI uri = new URI(text);
      if (isAllowed(uri) && uri.getRawQuery() == null && uri.getRawFragment() == null) {
        return new RegistryAddress(uri);
      }
    } catch (URISyntaxException e) {
      // Refused below, with what is wanted instead.
    }
    throw new TidepoolException(
        ErrorKind.USAGE,
        "registry-url-invalid",
        VARIABLE + " is no address of a registry: " + Texts.quoted(Secrets.hidden(text)) + ".",
        "Give an https address, or an http one on this machine.");
  }

  /** Whether something may be fetched from there. */
  static boolean isAllowed(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return uri.getHost() != null
        && (scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host)));
  }

  /** The rule for what the registry sends to. */
  static Optional<String> objection(URI uri) {
    return isAllowed(uri) ? Optional.empty() : Optional.of("an address that is not encrypted");
  }

  /** The address of something below the base; every segment is encoded. */
  URI of(String... segments) {
    StringBuilder path = new StringBuilder(base.toString());
    for (String segment : segments) {
      path.append('/').append(encoded(segment));
    }
    return URI.create(path.toString());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
