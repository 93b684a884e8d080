package dev.tidepool.http;

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
   * @param answer what was found; nothing when the server says that nothing is there
   * @param failure what to tell when it is the last attempt; null when it worked
   * @param retryAfter how long the server asks to wait
   */
  record Outcome<T>(
      Optional<T> answer,
      @Nullable TidepoolException failure,
      boolean mayHelpAgain,
      Optional<Duration> retryAfter) {
    static <T> Outcome<T> done(T answer) {
      return new Outcome<>(Optional.of(answer), null, false, Optional.empty());
    }

    static <T> Outcome<T> failed(TidepoolException failure, boolean mayHelpAgain) {
      return new Outcome<>(Optional.empty(), failure, mayHelpAgain, Optional.empty());
    }

    /** The same, but not to be tried again. */
    Outcome<T> forGood() {
      return new Outcome<>(answer, failure, false, Optional.empty());
    }

    /** No answer came from where {@code asked} led. */
    static <T> Outcome<T> unanswered(
        Exception e, URI asked, URI uri, boolean mayHelpAgain, HttpFailures failures) {
      return ServerCertificates.failure(e, asked, uri, failures)
          .<Outcome<T>>map(failure -> failed(failure, false))
          .orElseGet(
              () -> failed(failures.unreachable(asked, Wire.reason(e, uri), e), mayHelpAgain));
    }

    /** What an answer means that brings nothing. */
    static <T> Outcome<T> of(URI uri, HttpResponse<?> answer, HttpFailures failures) {
      int status = answer.statusCode();
      String why = "it answers with the status " + status;
      if (GONE.contains(status)) {
        return new Outcome<>(Optional.empty(), null, false, Optional.empty());
      }
      if (status == 429) {
        return new Outcome<>(Optional.empty(), failures.busy(uri), true, waitAsked(answer));
      }
      if (status >= 500) {
        return new Outcome<>(
            Optional.empty(), failures.unreachable(uri, why, null), true, waitAsked(answer));
      }
      return failed(failures.refused(uri, status, why), false);
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
}
