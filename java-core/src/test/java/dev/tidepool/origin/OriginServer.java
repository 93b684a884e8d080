package dev.tidepool.origin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on this machine that answers as CivitAI's and Hugging Face's public APIs do, and as any
 * other one, and that can be slow, broken and lying. Thread-safe.
 */
public final class OriginServer implements AutoCloseable {
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Starts to serve. */
  public OriginServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** What can go wrong with one answer. */
  enum Fault {
    /** The status 503. */
    UNAVAILABLE,
    /** The status 429, with three seconds to wait. */
    BUSY,
    /** The status 429, with an hour to wait. */
    BUSY_FOR_LONG,
    /** The status 401. */
    UNAUTHORIZED,
    /** The status 405. */
    NOT_ALLOWED,
    /** The connection ends before the answer does. */
    CUT,
    /** No answer at all. */
    SILENT,
    /** A page of a captive portal. */
    HTML,
    /** Eight megabytes of an answer. */
    HUGE,
    /** A redirection to a private address. */
    TO_PRIVATE,
    /** A redirection to the metadata of a cloud. */
    TO_METADATA,
    /** A redirection to a file. */
    TO_FILE,
    /** A redirection to itself. */
    CIRCLE
  }

  private record Reply(int status, Map<String, String> headers, byte[] body) {}

  /** Where it is. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  URI uri() {
    return URI.create(address());
  }

  /** What was asked for: the method, the path, and the token that came with it. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  void forget() {
    asked.clear();
  }

  /** Answers a path with JSON. */
  public void json(String path, String text) {
    replies.put(path, new Reply(200, Map.of(), text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What CivitAI has of a file. */
  public void civitai(String sha256, String text) {
    json("/api/v1/model-versions/by-hash/" + sha256.toUpperCase(java.util.Locale.ROOT), text);
  }

  /** A file of this size, without its content. */
  public void file(String path, long size) {
    replies.put(path, new Reply(200, Map.of("Content-Length", Long.toString(size)), new byte[0]));
  }

  /** A file as Hugging Face keeps large ones: it leads to another server. */
  public void linked(String path, long size, String sha256, String commit) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Linked-Size", Long.toString(size));
    headers.put("X-Linked-ETag", "\"" + sha256 + "\"");
    headers.put("X-Repo-Commit", commit);
    headers.put("Location", "https://cdn.example.org/" + sha256 + "?Signature=secret");
    replies.put(path, new Reply(302, headers, new byte[0]));
  }

  void reply(String path, int status, Map<String, String> headers) {
    replies.put(path, new Reply(status, headers, new byte[0]));
  }

  /** The next answers to paths that hold the text go wrong, one after the other. */
  void fault(String part, Fault... next) {
    faults.computeIfAbsent(part, key -> new ArrayDeque<>()).addAll(Arrays.asList(next));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String token =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
            .map(text -> " " + text)
            .orElse("");
    asked.add(exchange.getRequestMethod() + " " + path + token);
    Optional<Fault> fault = nextFault(path);
    if (fault.isPresent()) {
      fail(exchange, fault.get());
    } else {
      send(exchange, replies.getOrDefault(path, new Reply(404, Map.of(), new byte[0])));
    }
  }

  private Optional<Fault> nextFault(String path) {
    for (Map.Entry<String, Deque<Fault>> each : faults.entrySet()) {
      if (path.contains(each.getKey())) {
        synchronized (each.getValue()) {
          Fault fault = each.getValue().poll();
          if (fault != null) {
            return Optional.of(fault);
          }
        }
      }
    }
    return Optional.empty();
  }

  private void fail(HttpExchange exchange, Fault fault) throws IOException {
    switch (fault) {
      case UNAVAILABLE -> status(exchange, 503, Map.of());
      case BUSY -> status(exchange, 429, Map.of("Retry-After", "3"));
      case BUSY_FOR_LONG -> status(exchange, 429, Map.of("Retry-After", "3600"));
      case UNAUTHORIZED -> status(exchange, 401, Map.of());
      case NOT_ALLOWED -> status(exchange, 405, Map.of());
      case HTML ->
          send(
              exchange,
              new Reply(200, Map.of(), "<html>Log in</html>".getBytes(StandardCharsets.UTF_8)));
      case HUGE -> send(exchange, new Reply(200, Map.of(), new byte[8 << 20]));
      case TO_PRIVATE -> status(exchange, 302, Map.of("Location", "https://10.0.0.1/model"));
      case TO_METADATA ->
          status(exchange, 302, Map.of("Location", "http://169.254.169.254/latest/meta-data"));
      case TO_FILE -> status(exchange, 302, Map.of("Location", "file:///etc/passwd"));
      case CIRCLE -> status(exchange, 302, Map.of("Location", exchange.getRequestURI().toString()));
      case SILENT -> await();
      case CUT -> {
        if (exchange.getRequestMethod().equals("GET")) {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        }
        exchange.close();
      }
    }
  }

  private static void status(HttpExchange exchange, int status, Map<String, String> headers)
      throws IOException {
    send(exchange, new Reply(status, headers, new byte[0]));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(
        reply.status(), head || reply.body().length == 0 ? -1 : reply.body().length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(reply.body());
      } catch (IOException e) {
        // The client went away.
      }
    }
    exchange.close();
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
