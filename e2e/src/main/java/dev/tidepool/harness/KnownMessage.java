package dev.tidepool.harness;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An error in the browser's console that is not the tested pack's doing.
 *
 * @param pattern found somewhere in the message, which ends with the address it came from
 * @param cause why the page prints it
 */
public record KnownMessage(Pattern pattern, String cause) {
  /** What a page prints that has no pack at all. */
  public static final List<KnownMessage> OF_THE_PAGE_ITSELF =
      List.of(
          known(
              "ComfyApp graph accessed before initialization",
              "ComfyUI's page reads the graph while it starts"),
          known("404 .*/user\\.css", "a user's own style sheet is optional"),
          known("404 .*/api/userdata", "a user's stored files are looked for, and are not there"),
          known(
              "https://huggingface\\.co/Comfy-Org/",
              "a fresh page opens ComfyUI's default workflow and looks for its models"));

  /** What only some versions of the page print, and only with some settings of the server. */
  static final List<KnownMessage> OF_SOME_PAGES =
      List.of(
          known("api\\.comfy\\.org", "the page asks ComfyUI's own service, which tests cut off"),
          known(
              "404 .*/favicon\\.ico", "the browser asks for it; frontends before 1.42 have none"));

  private static KnownMessage known(String pattern, String cause) {
    return new KnownMessage(Pattern.compile(pattern), cause);
  }

  boolean explains(String message) {
    return pattern.matcher(message).find();
  }
}
