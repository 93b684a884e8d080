package dev.tidepool.origin;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpFailures;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What is told when a server that may have a model cannot be asked. */
final class OriginFailures implements HttpFailures {
  private static final String UNREACHABLE = "origin-unreachable";
  private static final String BUSY = "origin-busy";

  /** Whether a server that failed so would fail so again if it were asked for something else. */
  static boolean isSilence(TidepoolException e) {
    return e.code().equals(UNREACHABLE) || e.code().equals(BUSY);
  }

  @Override
  public TidepoolException unreachable(URI uri, String why, @Nullable Exception cause) {
    String message = "Cannot ask " + Http.shown(uri) + ": " + why + ".";
    String hint = "Check the network, then try again.";
    return new TidepoolException(cause, ErrorKind.UNAVAILABLE, "origin-unreachable", message, hint);
  }

  @Override
  public TidepoolException busy(URI uri) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "origin-busy",
        uri.getHost() + " asks to wait before it answers again.",
        "Try again in a few minutes.");
  }

  @Override
  public TidepoolException refused(URI uri, int status, String why) {
    if (status == 0) {
      return new TidepoolException(
          ErrorKind.FORBIDDEN,
          "origin-address-refused",
          "Not asking " + Http.shown(uri) + ": " + why + ".",
          "Only https addresses on the public internet are asked.");
    }
    if (status == 401 || status == 403) {
      return new TidepoolException(
          ErrorKind.UNAVAILABLE,
          "origin-needs-token",
          uri.getHost() + " answers only who may see it (status " + status + ").",
          "Set HF_TOKEN or CIVITAI_API_KEY to a token of somebody who may.");
    }
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "origin-refused",
        "Cannot ask " + Http.shown(uri) + ": " + why + ".",
        "See whether a browser gets the file there.");
  }

  @Override
  public TidepoolException tooLarge(URI uri, long largest) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "origin-answer-invalid",
        "The answer of "
            + uri.getHost()
            + " makes no sense: it has more than "
            + largest
            + " bytes.",
        "Try again later.");
  }
}
