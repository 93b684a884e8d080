package dev.tidepool.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** One attempt to send something, redirections included. */
record Sending(Wire wire, AddressRule rule, HttpFailures failures) {
  private static final int MOST_REDIRECTIONS = 5;
  private static final long LARGEST = 8 << 20;

  /** Those that keep the method and the body (RFC 9110, sections 15.4.8 and 15.4.9). */
  private static final Set<Integer> FAITHFUL = Set.of(307, 308);

  Attempt.Outcome<Reply> attempt(Outgoing wanted) {
    AtomicLong went = new AtomicLong();
    Outgoing asked =
        wanted.telling(
            bytes -> {
              went.addAndGet(bytes);
              wanted.sent().accept(bytes);
            });
    Outgoing request = asked;
    try {
      for (int hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
        URI uri = request.uri();
        Optional<String> objection = rule.objection(uri);
        if (objection.isPresent()) {
          return Attempt.Outcome.failed(
              failures.refused(asked.uri(), 0, Http.why(hop, uri, objection.get())), false);
        }
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
            wire.send(request, Wire.isSameHost(asked.uri(), uri));
        Optional<URI> next =
            FAITHFUL.contains(answer.statusCode())
                ? Attempt.redirection(uri, answer)
                : Optional.empty();
        if (next.isEmpty()) {
          return finish(asked, went, uri, answer);
        }
        wire.drain(answer, asked.uri(), failures);
        takeBack(asked, went);
        request = request.at(next.get());
      }
      return Attempt.Outcome.failed(failures.refused(asked.uri(), 0, "it leads in circles"), false);
    } catch (InterruptedException e) {
      throw Wire.stopped(asked.method(), asked.uri(), e);
    } catch (IOException | UnresolvedAddressException e) {
      return Attempt.Outcome.unanswered(
          e, asked.uri(), request.uri(), asked.isIdempotent(), failures);
    }
  }

  /** Servers answer before they read all, too. */
  private static void takeBack(Outgoing asked, AtomicLong went) {
    asked.sent().accept(-went.get());
  }

  private Attempt.Outcome<Reply> finish(
      Outgoing asked,
      AtomicLong went,
      URI uri,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer)
      throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    wire.copy(answer, body, LARGEST, failures.tooLarge(asked.uri(), LARGEST));
    int status = answer.statusCode();
    if (isTimeout(status, body)) {
      takeBack(asked, went);
      return Attempt.Outcome.failed(
          failures.unreachable(asked.uri(), "what was sent came too slowly for it", null),
          asked.isIdempotent());
    }
    boolean later = status == 429 || (status >= 500 && status != 501);
    if (later) {
      takeBack(asked, went);
      Attempt.Outcome<Reply> outcome = Attempt.Outcome.of(asked.uri(), answer, failures);
      return asked.isIdempotent() || status == 429 || status == 503 ? outcome : outcome.forGood();
    }
    return Attempt.Outcome.done(new Reply(Wire.answered(uri, answer), body.toByteArray()));
  }

  /** RFC 9110, section 15.5.9; S3 says so with another status. */
  private static boolean isTimeout(int status, ByteArrayOutputStream body) {
    return status == 408
        || (status == 400
            && body.toString(StandardCharsets.UTF_8).contains("<Code>RequestTimeout</Code>"));
  }
}
