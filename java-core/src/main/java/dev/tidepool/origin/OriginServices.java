package dev.tidepool.origin;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where the services answer.
 *
 * @param civitai without a slash at its end
 * @param huggingFace without a slash at its end
 */
public record OriginServices(URI civitai, URI huggingFace) {
  /** The environment variable that names another CivitAI. */
  public static final String CIVITAI_VARIABLE = "TIDEPOOL_CIVITAI_URL";

  /** The environment variable that names another Hugging Face. */
  public static final String HUGGING_FACE_VARIABLE = "TIDEPOOL_HUGGINGFACE_URL";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * The services that the environment names, else the public ones.
   *
   * @throws TidepoolException {@code origin-url-invalid}
   */
  public static OriginServices of(Map<String, String> environment) {
    return new OriginServices(
        base(environment, CIVITAI_VARIABLE, "https://civitai.com"),
        base(environment, HUGGING_FACE_VARIABLE, "https://huggingface.co"));
  }

  /** Whether somebody chose this server, so that it may be asked wherever it is. */
  boolean has(URI uri) {
    return isAt(uri, civitai) || isAt(uri, huggingFace);
  }

  /** Whether an address is of a service: the same scheme, host and port. */
  static boolean isAt(URI uri, URI service) {
    return String.valueOf(uri.getScheme()).equalsIgnoreCase(service.getScheme())
        && String.valueOf(uri.getHost()).equalsIgnoreCase(service.getHost())
        && uri.getPort() == service.getPort();
  }

  private static URI base(Map<String, String> environment, String variable, String usual) {
    String named = environment.getOrDefault(variable, "").strip().replaceFirst("/+$", "");
    try {
      URI uri = new URI(named.isEmpty() ? usual : named);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean safe =
          scheme.equals("https")
              || (scheme.equals("http") && LOOPBACK.contains(String.valueOf(uri.getHost())));
      if (safe
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Refused below, with what is wanted instead.
    }
    throw new TidepoolException(
        ErrorKind.USAGE,
        "origin-url-invalid",
        variable + " is no address of a service: " + Texts.quoted(Secrets.hidden(named)) + ".",
        "Give an https address, or an http one on this machine.");
  }
}
