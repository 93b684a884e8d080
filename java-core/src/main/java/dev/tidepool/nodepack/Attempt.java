package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer over HTTP means for whoever asked. */
final class Attempt {
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> GONE = Set.of(404, 410);

  private Attempt() {}

  /**
   * How one attempt ended.
   *
   * @param failure what to tell when it is the last attempt; null when it worked
   * @param retryAfter how long the server asks to wait
   */
  record Outcome(
      boolean found,
      @Nullable TidepoolException failure,
      boolean mayHelpAgain,
      Optional<Duration> retryAfter) {
    static Outcome done() {
      return new Outcome(true, null, false, Optional.empty());
    }

    static Outcome of(URI uri, HttpResponse<?> answer) {
      int status = answer.statusCode();
      if (GONE.contains(status)) {
        return new Outcome(false, null, false, Optional.empty());
      }
      if (status == 429) {
        return new Outcome(false, busy(uri), true, waitAsked(answer));
      }
      if (status >= 500) {
        return new Outcome(
            false,
            Attempt.unreachable(uri, "it answers with the status " + status, null),
            true,
            waitAsked(answer));
      }
      return refused(uri, "it answers with the status " + status);
    }

    static Outcome refused(URI uri, String why) {
      TidepoolException failure =
          new TidepoolException(
              ErrorKind.UNAVAILABLE,
              "registry-refused",
              "Cannot get " + Http.shown(uri) + ": " + why + ".",
              "Check " + RegistryAddress.VARIABLE + " when it is set.");
      return new Outcome(false, failure, false, Optional.empty());
    }

    static Outcome unreachable(URI uri, String why, Exception cause) {
      return new Outcome(false, Attempt.unreachable(uri, why, cause), true, Optional.empty());
    }
  }

  static Optional<URI> redirection(URI uri, HttpResponse<?> answer) {
    if (!REDIRECTIONS.contains(answer.statusCode())) {
      return Optional.empty();
    }
    try {
      return answer.headers().firstValue("Location").map(uri::resolve);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** In seconds; the other form, a date, is not used by such servers and counts as none. */
  private static Optional<Duration> waitAsked(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  private static TidepoolException busy(URI uri) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "registry-busy",
        "The registry asks to wait before it answers again: " + Http.shown(uri) + ".",
        "Try again in a few minutes.");
  }

  private static TidepoolException unreachable(URI uri, String why, @Nullable Exception cause) {
    String message = "Cannot get " + Http.shown(uri) + ": " + why + ".";
    String hint = "Check the network, then try again.";
    return cause == null
        ? new TidepoolException(ErrorKind.UNAVAILABLE, "registry-unreachable", message, hint)
        : new TidepoolException(
            cause, ErrorKind.UNAVAILABLE, "registry-unreachable", message, hint);
  }
}
