package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Secrets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Asks over HTTP (RFC 9110), again when that may help: after a failure of the network, a server
 * error, or when the server asks to wait (429, 503 with Retry-After). Follows redirections, but
 * never to an unencrypted address of another machine. Thread-safe.
 */
final class Http {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTIONS = 5;

  private final HttpPatience patience;
  private final Pauses pauses;
  private @Nullable HttpClient client;

  Http(HttpPatience patience, Pauses pauses) {
    this.patience = patience;
    this.pauses = pauses;
  }

  /** Where an answer's body goes. */
  interface Target {
    /** Begins anew: an attempt before this one may have written something. */
    OutputStream open() throws IOException;

    /** Hears how long the body will be, when the server says so. */
    default void expect(long bytes) {}

    /** Hears of bytes as they come. */
    default void received(int bytes) {}
  }

  /**
   * Gets what is there.
   *
   * @param largest how many bytes an answer may have
   * @return false when the server says that nothing is there (404, 410)
   * @throws TidepoolException {@code registry-unreachable}, {@code registry-busy}, {@code
   *     registry-refused}, {@code download-too-large}, {@code stopped}
   */
  boolean get(URI uri, long largest, Target target) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Attempt.Outcome outcome = attempt(uri, largest, target);
      if (outcome.failure() == null) {
        return outcome.found();
      }
      Duration wait = outcome.retryAfter().orElse(pause);
      if (!outcome.mayHelpAgain()
          || attempt >= patience.attempts()
          || wait.compareTo(LONGEST_PAUSE) > 0) {
        throw outcome.failure();
      }
      rest(uri, wait);
      pause = pause.multipliedBy(2);
    }
  }

  private Attempt.Outcome attempt(URI asked, long largest, Target target) {
    URI uri = asked;
    try {
      for (int hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer = send(uri);
        Optional<URI> next = Attempt.redirection(uri, answer);
        if (next.isEmpty()) {
          return finish(asked, answer, largest, target);
        }
        Body.copy(answer.body(), OutputStream.nullOutputStream(), patience.silence(), count -> {});
        uri = next.get();
        if (!RegistryAddress.isAllowed(uri)) {
          return Attempt.Outcome.refused(
              asked, "it leads to an address that is not encrypted, " + shown(uri));
        }
      }
      return Attempt.Outcome.refused(asked, "it leads in circles");
    } catch (InterruptedException e) {
      throw stopped(asked, e);
    } catch (IOException | UnresolvedAddressException e) {
      return Attempt.Outcome.unreachable(asked, reason(e, uri), e);
    }
  }

  private Attempt.Outcome finish(
      URI uri, HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer, long largest, Target target)
      throws IOException, InterruptedException {
    if (answer.statusCode() != 200) {
      // A connection whose answer nobody reads would not be let go of.
      Body.copy(
          answer.body(),
          OutputStream.nullOutputStream(),
          patience.silence(),
          new Limit(1 << 20, uri));
      return Attempt.Outcome.of(uri, answer);
    }
    Limit limit = new Limit(largest, uri);
    answer.headers().firstValueAsLong("Content-Length").ifPresent(target::expect);
    try (OutputStream out = target.open()) {
      Body.copy(
          answer.body(),
          out,
          patience.silence(),
          count -> {
            limit.bytes(count);
            target.received(count);
          });
    }
    return Attempt.Outcome.done();
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(URI uri)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(patience.answer())
            .header("User-Agent", "tidepool")
            .header("Accept", "*/*")
            .build();
    return client().send(request, HttpResponse.BodyHandlers.ofPublisher());
  }

  /** Made when it is needed: that takes a tenth of a second. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .connectTimeout(patience.connect())
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
    }
    return client;
  }

  private void rest(URI uri, Duration length) {
    try {
      pauses.pause(length);
    } catch (InterruptedException e) {
      throw stopped(uri, e);
    }
  }

  private static TidepoolException stopped(URI uri, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new TidepoolException(
        e, ErrorKind.STOPPED, "stopped", "Stopped before it was done: get " + shown(uri) + ".");
  }

  private static String reason(Exception e, URI uri) {
    if (e instanceof HttpTimeoutException) {
      return "it takes too long to answer";
    }
    if (e instanceof ConnectException || e instanceof UnresolvedAddressException) {
      return "nothing answers at " + uri.getHost();
    }
    return "the connection broke off";
  }

  static String shown(URI uri) {
    String text = Secrets.hidden(uri.toString());
    int query = text.indexOf('?');
    // What signs a download stands in its query.
    boolean harmless = query < 0 || text.startsWith("version=", query + 1);
    return harmless ? text : text.substring(0, query);
  }

  /** Refuses an answer that is longer than it can sensibly be. */
  private static final class Limit implements Body.Received {
    private final long largest;
    private final URI uri;
    private long bytes;

    Limit(long largest, URI uri) {
      this.largest = largest;
      this.uri = uri;
    }

    @Override
    public void bytes(int count) {
      bytes += count;
      if (bytes > largest) {
        throw new TidepoolException(
            ErrorKind.TOO_LARGE,
            "download-too-large",
            "The answer of " + shown(uri) + " is larger than " + largest + " bytes.",
            "Tell whoever runs the registry or publishes the pack.");
      }
    }
  }
}
