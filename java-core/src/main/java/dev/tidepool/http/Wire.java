package dev.tidepool.http;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its answer, with a limit on how long nothing may happen. Thread-safe. */
final class Wire {
  private static final long LARGEST_IGNORED = 1 << 20;

  private final HttpPatience patience;
  private final Credentials credentials;
  private @Nullable HttpClient client;

  Wire(HttpPatience patience, Credentials credentials) {
    this.patience = patience;
    this.credentials = credentials;
  }

  /**
   * Sends a request.
   *
   * @param shows whether it says who asks
   */
  HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(Outgoing outgoing, boolean shows)
      throws IOException, InterruptedException {
    SentBody body = new SentBody(outgoing.content(), outgoing.sent());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(outgoing.uri())
            .method(outgoing.method(), body.publisher())
            .setHeader("User-Agent", "tidepool")
            .setHeader("Accept", "*/*");
    if (outgoing.content().length() > 0) {
      // A body that goes with an offer to speak HTTP/2 is not taken by every server.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    outgoing.headers().forEach(request::setHeader);
    if (shows) {
      credentials.of(outgoing).forEach(request::setHeader);
    }
    HttpClient made = client();
    boolean answered = false;
    body.begin();
    try {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
          await(made.sendAsync(request.build(), HttpResponse.BodyHandlers.ofPublisher()), body);
      answered = true;
      body.settle();
      return answer;
    } finally {
      if (!answered) {
        body.takeBack();
      }
    }
  }

  private <T> T await(CompletableFuture<T> answer, SentBody body)
      throws IOException, InterruptedException {
    try {
      while (true) {
        Duration limit = body.isWhole() ? patience.answer() : patience.silence();
        long left = limit.toNanos() - (System.nanoTime() - body.lastNanos());
        try {
          return answer.get(Math.max(1, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (left <= 0) {
            throw new HttpTimeoutException("nothing happened for " + limit.toSeconds() + " s");
          }
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    if (cause instanceof UncheckedIOException unchecked) {
      return new IOException(unchecked.getMessage(), unchecked);
    }
    if (cause instanceof IOException failure) {
      return failure;
    }
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    return new IOException(String.valueOf(cause), cause);
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

  /** Reads an answer that nobody wants; its connection would not be let go of else. */
  void drain(HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer, URI uri, HttpFailures failures)
      throws IOException, InterruptedException {
    copy(
        answer,
        OutputStream.nullOutputStream(),
        LARGEST_IGNORED,
        failures.tooLarge(uri, LARGEST_IGNORED));
  }

  /** Copies an answer's body, as far as it is no longer than it may be. */
  void copy(
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer,
      OutputStream out,
      long largest,
      TidepoolException tooLarge)
      throws IOException, InterruptedException {
    long[] bytes = {0};
    Body.copy(
        answer.body(),
        out,
        patience.silence(),
        count -> {
          bytes[0] += count;
          if (bytes[0] > largest) {
            throw tooLarge;
          }
        });
  }

  static Answer answered(URI uri, HttpResponse<?> answer) {
    return new Answer(uri, answer.statusCode(), name -> answer.headers().firstValue(name));
  }

  static boolean isSameHost(URI asked, URI uri) {
    return String.valueOf(asked.getHost()).equalsIgnoreCase(String.valueOf(uri.getHost()))
        && String.valueOf(asked.getScheme()).equalsIgnoreCase(String.valueOf(uri.getScheme()))
        && asked.getPort() == uri.getPort();
  }

  /** Why there is no answer, as it follows a colon. */
  static String reason(Exception e, URI uri) {
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

  static TidepoolException stopped(String method, URI uri, InterruptedException e) {
    Thread.currentThread().interrupt();
    String doing = method.equals("GET") || method.equals("HEAD") ? "get " : "send to ";
    return new TidepoolException(
        e,
        ErrorKind.STOPPED,
        "stopped",
        "Stopped before it was done: " + doing + Http.shown(uri) + ".");
  }
}
