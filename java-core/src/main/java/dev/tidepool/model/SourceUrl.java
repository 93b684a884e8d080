package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address from which a model can be downloaded, checked.
 *
 * @param text the address without spaces around it
 * @param type {@code civitai}, {@code huggingface} or {@code url}, by its host
 */
public record SourceUrl(String text, String type) {
  private static final int LONGEST = 2048;
  private static final Pattern SECRET =
      Pattern.compile("token|key|secret|password|signature|^sig$|^pwd$|^auth$");

  /** What comes before the path, read so that a text that is no URL holds its password too. */
  private static final Pattern AUTHORITY =
      Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*:)?/*[^/?#]*@");

  /**
   * Checks what somebody typed or wrote.
   *
   * @throws TidepoolException {@code source-url-invalid} unless it is an http or https address with
   *     a host and without a password or token, which would end in lock files and bundles
   */
  public static SourceUrl of(String typed) {
    String text = typed.strip();
    // The address itself stays out of the message: it holds a secret.
    if (hasSecret(text)) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "source-url-secret",
          "The URL holds a password or a token, which would be stored with the model.",
          "Leave it out; the program that downloads has its own settings for that.");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid(text, "it is no URL");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw invalid(text, "it begins with neither http:// nor https://");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw invalid(text, "it names no host");
    }
    if (text.length() > LONGEST) {
      throw invalid(text, "it is longer than " + LONGEST + " characters");
    }
    return new SourceUrl(text, type(uri.getHost().toLowerCase(Locale.ROOT)));
  }

  /** Whether {@link #of} takes it. */
  public static boolean isFit(String text) {
    try {
      of(text);
      return true;
    } catch (TidepoolException e) {
      return false;
    }
  }

  /**
   * Whether an address names a user before its host, or its query or fragment has a parameter of a
   * telling name, such as {@code token}.
   */
  public static boolean hasSecret(String text) {
    return AUTHORITY.matcher(text).find() || !secretParameters(text).isEmpty();
  }

  /** The values, as they are written, of those parameters of an address that have telling names. */
  public static List<String> secretParameters(String text) {
    List<String> values = new ArrayList<>();
    String[] parts = text.split("[?#&;]");
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('=');
      if (end > 0
          && SECRET.matcher(decoded(parts[i].substring(0, end)).toLowerCase(Locale.ROOT)).find()) {
        values.add(parts[i].substring(end + 1));
      }
    }
    return values;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static String type(String host) {
    for (String site : List.of("civitai.com", "huggingface.co", "hf.co")) {
      if (host.equals(site) || host.endsWith("." + site)) {
        return site.equals("civitai.com") ? "civitai" : "huggingface";
      }
    }
    return "url";
  }

  private static TidepoolException invalid(String text, String reason) {
    return new TidepoolException(
        ErrorKind.INVALID,
        "source-url-invalid",
        // What lies before an @ may be a password, however odd the rest is.
        "Not an address of a model"
            + (text.contains("@") ? "" : ": " + Texts.quoted(text))
            + "; "
            + reason
            + ".",
        "Such as https://huggingface.co/NAME/MODEL/resolve/main/FILE.safetensors.");
  }
}
