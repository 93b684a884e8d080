package dev.tidepool.download;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpFailures;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.Texts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes wrong when a file is downloaded. */
public final class DownloadFailures implements HttpFailures {
  private static final String AGAIN = "The same command goes on from where it stopped.";

  @Override
  public TidepoolException unreachable(URI uri, String why, @Nullable Exception cause) {
    String message = "Cannot download " + Http.shown(uri) + ": " + why + ".";
    return new TidepoolException(
        cause, ErrorKind.UNAVAILABLE, "download-unreachable", message, AGAIN);
  }

  @Override
  public TidepoolException busy(URI uri) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "download-busy",
        "The server asks to wait before it hands out " + Http.shown(uri) + ".",
        "Try again in a few minutes. " + AGAIN);
  }

  @Override
  public TidepoolException refused(URI uri, int status, String why) {
    String hint =
        switch (status) {
          case 401, 403 ->
              "It may want a token: set HF_TOKEN, CIVITAI_API_KEY or " + Tokens.VARIABLE + ".";
          case 0 -> "Addresses in private networks are taken with --allow-private only.";
          default -> "Look for the file elsewhere.";
        };
    return new TidepoolException(
        ErrorKind.FORBIDDEN,
        "download-refused",
        "Cannot download " + Http.shown(uri) + ": " + why + ".",
        hint);
  }

  @Override
  public TidepoolException tooLarge(URI uri, long largest) {
    return wrong(uri, "it is longer than " + largest + " bytes");
  }

  static TidepoolException notFound(URI uri) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "download-not-found",
        "There is nothing at " + Http.shown(uri) + " any more.",
        "Look for the file elsewhere.");
  }

  /** What came is not what was asked for. */
  static TidepoolException wrong(URI uri, String why) {
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "download-wrong",
        "What " + Http.shown(uri) + " hands out is another file than wanted: " + why + ".",
        "Look for the file elsewhere.");
  }

  /** Of several addresses, none gave it. */
  static TidepoolException all(WantedFile wanted, List<TidepoolException> failures) {
    if (failures.size() == 1) {
      return failures.get(0);
    }
    List<String> hints = new ArrayList<>();
    failures.forEach(failure -> hints.add(failure.text()));
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "download-failed",
        "None of " + failures.size() + " addresses gave " + Texts.quoted(wanted.name()) + ".",
        hints.toArray(String[]::new));
  }

  /** Whether another address may do better. */
  static boolean isOfAddress(TidepoolException failure) {
    return switch (failure.code()) {
      case "download-unreachable",
          "download-busy",
          "download-refused",
          "download-not-found",
          "download-wrong" ->
          true;
      default -> false;
    };
  }
}
