package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address from which a model can be downloaded, checked.
 *
 * @param type {@code civitai}, {@code huggingface} or {@code url}, by its host
 */
record SourceUrl(String text, String type) {
  private static final int LONGEST = 2048;
  private static final Pattern SECRET =
      Pattern.compile("(?i)(^|&)(token|api_?key|access_token|key|secret|password)=");

  /**
   * Checks what somebody typed.
   *
   * @throws TidepoolException {@code source-url-invalid} unless it is an http or https address with
   *     a host and without a password or token, which would end in lock files and bundles
   */
  static SourceUrl of(String typed) {
    String text = typed.strip();
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
    // The address itself stays out of the message: it holds a secret.
    if (uri.getRawUserInfo() != null
        || (uri.getRawQuery() != null && SECRET.matcher(uri.getRawQuery()).find())) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "source-url-secret",
          "The URL holds a password or a token, which would be stored with the model.",
          "Leave it out; the program that downloads has its own settings for that.");
    }
    return new SourceUrl(text, type(uri.getHost().toLowerCase(Locale.ROOT)));
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
        "Not an address of a model: " + Texts.quoted(text) + "; " + reason + ".",
        "Such as https://huggingface.co/NAME/MODEL/resolve/main/FILE.safetensors.");
  }
}
