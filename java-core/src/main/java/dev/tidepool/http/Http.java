package dev.tidepool.http;

import dev.tidepool.process.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * Asks and sends over HTTP (RFC 9110), again when that may help: after a failure of the network, a
 * server error, or when the server asks to wait (429, 503 with Retry-After). Follows redirections,
 * but only to where its rule allows. Thread-safe.
 *
 * <p>Every method throws what its {@link HttpFailures} make of a failure, and {@code stopped} when
 * its thread is interrupted.
 */
public final class Http {
  private static final int MOST_REDIRECTIONS = 5;

  private final HttpPatience patience;
  private final Repetition repetition;
  private final Wire wire;
  private final AddressRule rule;
  private final HttpFailures failures;

  /** Asks where the rule allows, and shows credentials to those that were asked. */
  public Http(
      HttpPatience patience,
      Pauses pauses,
      AddressRule rule,
      HttpFailures failures,
      Credentials credentials) {
    this.patience = patience;
    this.repetition = new Repetition(patience, pauses);
    this.wire = new Wire(patience, credentials);
    this.rule = rule;
    this.failures = failures;
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

  /**
   * Sends something. Follows redirections that keep the method (307, 308), and repeats what may be
   * repeated. Silence is what is limited, not how long it takes.
   *
   * @return what the server answered, whatever the status, except for 429 and server errors
   */
  public Reply send(Outgoing request) {
    Sending sending = new Sending(wire, rule, failures);
    return repetition
        .of(request.method(), request.uri(), () -> sending.attempt(request), () -> false)
        .answer()
        .orElseThrow();
  }

  private Optional<Answer> ask(String method, URI uri, long largest, Target target) {
    return repetition
        .of(method, uri, () -> attempt(method, uri, largest, target), target::cameForward)
        .answer();
  }

  private Attempt.Outcome<Answer> attempt(String method, URI asked, long largest, Target target) {
    URI uri = asked;
    target.attempted();
    try {
      for (int hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
        Optional<String> objection = rule.objection(uri);
        if (objection.isPresent()) {
          return Attempt.Outcome.failed(
              failures.refused(asked, 0, why(hop, uri, objection.get())), false);
        }
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
            wire.send(Outgoing.of(method, uri, target.headers()), Wire.isSameHost(asked, uri));
        Optional<URI> next = Attempt.redirection(uri, answer);
        if (next.isEmpty()) {
          return finish(asked, uri, answer, largest, target);
        }
        wire.drain(answer, uri, failures);
        if (target.staysAtHost() && !Wire.isSameHost(asked, next.get())) {
          return Attempt.Outcome.done(Wire.answered(uri, answer));
        }
        uri = next.get();
      }
      return Attempt.Outcome.failed(failures.refused(asked, 0, "it leads in circles"), false);
    } catch (InterruptedException e) {
      throw Wire.stopped(method, asked, e);
    } catch (IOException | UnresolvedAddressException e) {
      return Attempt.Outcome.unanswered(e, asked, uri, true, failures);
    }
  }

  private Attempt.Outcome<Answer> finish(
      URI asked,
      URI uri,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer,
      long largest,
      Target target)
      throws IOException, InterruptedException {
    int status = answer.statusCode();
    boolean partial = status == 206 && target.headers().containsKey("Range");
    if (status != 200 && !partial) {
      wire.drain(answer, asked, failures);
      if (status == 416 && target.askDifferently()) {
        return Attempt.Outcome.failed(failures.refused(asked, status, "it has no such part"), true);
      }
      return Attempt.Outcome.of(asked, answer, failures);
    }
    Answer head = Wire.answered(uri, answer);
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

  /** What an objection means, as it follows a colon. */
  static String why(int hop, URI uri, String objection) {
    return hop == 0 ? "it is " + objection : "it leads to " + objection + ", " + shown(uri);
  }

  /** The address as it may be shown: no passwords, and not what signs a download. */
  public static String shown(URI uri) {
    String text = Secrets.hidden(uri.toString());
    int query = text.indexOf('?');
    if (query < 0) {
      return text;
    }
    boolean version = text.startsWith("version=", query + 1);
    return text.substring(0, query)
        + (version ? text.substring(query).replaceFirst("[&;#].*", "") : "");
  }
}
