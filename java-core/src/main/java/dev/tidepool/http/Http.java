package dev.tidepool.http;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Asks over HTTP (RFC 9110), again when that may help: after a failure of the network, a server
 * error, or when the server asks to wait (429, 503 with Retry-After). Follows redirections, but
 * only to where its rule allows. Thread-safe.
 *
 * <p>Every method throws what its {@link HttpFailures} make of a failure, and {@code stopped} when
 * its thread is interrupted.
 */
public final class Http {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTIONS = 5;
  private static final long LARGEST_IGNORED = 1 << 20;

  private final HttpPatience patience;
  private final Pauses pauses;
  private final AddressRule rule;
  private final HttpFailures failures;
  private final Tokens tokens;
  private @Nullable HttpClient client;

  /** Asks where the rule allows, and shows the tokens to those they belong to. */
  public Http(
      HttpPatience patience,
      Pauses pauses,
      AddressRule rule,
      HttpFailures failures,
      Tokens tokens) {
    this.patience = patience;
    this.pauses = pauses;
    this.rule = rule;
    this.failures = failures;
    this.tokens = tokens;
  }

  /**
   * Gets what is there.
   *
   * @param largest how many bytes an answer may have
   * @return false when the server says that nothing is there (404, 410)
   */
  public boolean get(URI uri, long largest, Target target) {
    return ask("GET", uri, largest, target).isPresent();
  }

  /**
   * Gets something short into memory.
   *
   * @param headers what to ask with, such as {@code Accept}
   * @param largest how many bytes an answer may have
   * @return nothing when the server says that nothing is there (404, 410)
   */
  public Optional<byte[]> bytes(URI uri, Map<String, String> headers, long largest) {
    ByteArrayOutputStream[] body = {new ByteArrayOutputStream()};
    Target target =
        new Target() {
          @Override
          public OutputStream open(Answer answer) {
            body[0] = new ByteArrayOutputStream();
            return body[0];
          }

          @Override
          public Map<String, String> headers() {
            return headers;
          }
        };
    return get(uri, largest, target) ? Optional.of(body[0].toByteArray()) : Optional.empty();
  }

  /**
   * Asks only for the head of what is there.
   *
   * @return nothing when the server says that nothing is there (404, 410)
   */
  public Optional<Answer> head(URI uri) {
    return ask("HEAD", uri, 0, answer -> OutputStream.nullOutputStream());
  }

  /**
   * Asks only for the head of what is there, and of that host only: where it redirects to another
   * one, that redirection is the answer.
   *
   * @return nothing when the server says that nothing is there (404, 410)
   */
  public Optional<Answer> ownHead(URI uri) {
    Target target =
        new Target() {
          @Override
          public OutputStream open(Answer answer) {
            return OutputStream.nullOutputStream();
          }

          @Override
          public boolean staysAtHost() {
            return true;
          }
        };
    return ask("HEAD", uri, 0, target);
  }

  private Optional<Answer> ask(String method, URI uri, long largest, Target target) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Attempt.Outcome outcome = attempt(method, uri, largest, target);
      if (outcome.failure() == null) {
        return outcome.answer();
      }
      if (target.cameForward()) {
        attempt = 1;
        pause = FIRST_PAUSE;
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

  private Attempt.Outcome attempt(String method, URI asked, long largest, Target target) {
    URI uri = asked;
    try {
      for (int hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
        Optional<String> objection = rule.objection(uri);
        if (objection.isPresent()) {
          String why =
              hop == 0
                  ? "it is " + objection.get()
                  : "it leads to " + objection.get() + ", " + shown(uri);
          return Attempt.Outcome.failed(failures.refused(asked, 0, why), false);
        }
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
            send(method, uri, target.headers(), isSameHost(asked, uri));
        Optional<URI> next = Attempt.redirection(uri, answer);
        if (next.isEmpty()) {
          return finish(asked, uri, answer, largest, target);
        }
        drain(answer, uri);
        if (target.staysAtHost() && !isSameHost(asked, next.get())) {
          return Attempt.Outcome.done(answered(uri, answer));
        }
        uri = next.get();
      }
      return Attempt.Outcome.failed(failures.refused(asked, 0, "it leads in circles"), false);
    } catch (InterruptedException e) {
      throw stopped(asked, e);
    } catch (IOException | UnresolvedAddressException e) {
      return Attempt.Outcome.failed(failures.unreachable(asked, reason(e, uri), e), true);
    }
  }

  private Attempt.Outcome finish(
      URI asked,
      URI uri,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer,
      long largest,
      Target target)
      throws IOException, InterruptedException {
    int status = answer.statusCode();
    boolean partial = status == 206 && target.headers().containsKey("Range");
    if (status != 200 && !partial) {
      drain(answer, asked);
      if (status == 416 && target.askDifferently()) {
        return Attempt.Outcome.failed(failures.refused(asked, status, "it has no such part"), true);
      }
      return Attempt.Outcome.of(asked, answer, failures);
    }
    Answer head = answered(uri, answer);
    long[] bytes = {0};
    try (OutputStream out = new WrittenBody(target, head)) {
      Body.copy(
          answer.body(),
          out,
          patience.silence(),
          count -> {
            bytes[0] += count;
            if (bytes[0] > largest) {
              throw failures.tooLarge(asked, largest);
            }
            target.received(count);
          });
    }
    return Attempt.Outcome.done(head);
  }

  private static Answer answered(URI uri, HttpResponse<?> answer) {
    return new Answer(uri, answer.statusCode(), name -> answer.headers().firstValue(name));
  }

  private static boolean isSameHost(URI asked, URI uri) {
    return String.valueOf(asked.getHost()).equalsIgnoreCase(String.valueOf(uri.getHost()))
        && String.valueOf(asked.getScheme()).equalsIgnoreCase(String.valueOf(uri.getScheme()))
        && asked.getPort() == uri.getPort();
  }

  /** A connection whose answer nobody reads would not be let go of. */
  private void drain(HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer, URI uri)
      throws IOException, InterruptedException {
    long[] bytes = {0};
    Body.copy(
        answer.body(),
        OutputStream.nullOutputStream(),
        patience.silence(),
        count -> {
          bytes[0] += count;
          if (bytes[0] > LARGEST_IGNORED) {
            throw failures.tooLarge(uri, LARGEST_IGNORED);
          }
        });
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
      String method, URI uri, Map<String, String> headers, boolean token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(patience.answer())
            .method(method, HttpRequest.BodyPublishers.noBody())
            .setHeader("User-Agent", "tidepool")
            .setHeader("Accept", "*/*");
    headers.forEach(request::setHeader);
    if (token) {
      tokens.of(uri).ifPresent(text -> request.setHeader("Authorization", "Bearer " + text));
    }
    return client().send(request.build(), HttpResponse.BodyHandlers.ofPublisher());
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
    if (e instanceof ConnectException
        || e instanceof UnresolvedAddressException
        || e instanceof UnknownHostException) {
      return "nothing answers at " + uri.getHost();
    }
    return "the connection broke off";
  }

  /** The address as it may be shown: no passwords, and not what signs a download. */
  public static String shown(URI uri) {
    String text = Secrets.hidden(uri.toString());
    int query = text.indexOf('?');
    return query < 0 || text.startsWith("version=", query + 1) ? text : text.substring(0, query);
  }
}
