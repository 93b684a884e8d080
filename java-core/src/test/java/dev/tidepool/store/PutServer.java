package dev.tidepool.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A web server that takes files by PUT, and fails as it is told. */
final class PutServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Set<String> refused = Set.of();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What goes wrong once, with a PUT. */
  enum Kind {
    /** The connection ends in the middle of the body. */
    CUT,
    /** The body is taken, and the connection ends without an answer. */
    MUTE,
    /** Nothing of the body is read, and no answer comes. */
    HANG,
    /** Half of the body is kept, and all is said to be well. */
    LESS,
    STATUS
  }

  record Fault(Kind kind, int status, String field, String value) {
    static Fault of(Kind kind) {
      return new Fault(kind, 0, "", "");
    }

    static Fault status(int status) {
      return new Fault(Kind.STATUS, status, "", "");
    }

    static Fault status(int status, String field, String value) {
      return new Fault(Kind.STATUS, status, field, value);
    }
  }

  PutServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void fault(Fault... next) {
    faults.addAll(Arrays.asList(next));
  }

  /** Answers those methods with 405 from now on, and heeds no {@code If-None-Match}. */
  void refuse(String... methods) {
    refused = Set.of(methods);
  }

  Map<String, byte[]> files() {
    return files;
  }

  /** Every request: method, path, and who asked. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(
        (exchange.getRequestMethod() + " " + path + " " + (token == null ? "" : token)).strip());
    if (refused.contains(exchange.getRequestMethod())) {
      exchange.sendResponseHeaders(405, -1);
      exchange.close();
      return;
    }
    byte @Nullable [] there = files.get(path);
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, path, there);
      default -> {
        if (there != null) {
          exchange.getResponseHeaders().add("ETag", "\"0123456789abcdef0123456789abcdef\"");
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head && there != null) {
          exchange.getResponseHeaders().add("Content-Length", Integer.toString(there.length));
        }
        exchange.sendResponseHeaders(
            there == null ? 404 : 200, there == null || head ? -1 : there.length);
        if (there != null && !head) {
          exchange.getResponseBody().write(there);
        }
        exchange.close();
      }
    }
  }

  private void put(HttpExchange exchange, String path, byte @Nullable [] there) throws IOException {
    Fault fault;
    synchronized (faults) {
      fault = faults.isEmpty() ? new Fault(Kind.STATUS, 0, "", "") : faults.remove();
    }
    if (fault.kind() == Kind.HANG) {
      await();
      return;
    }
    int length = Integer.parseInt(exchange.getRequestHeaders().getFirst("Content-Length"));
    byte[] body = read(exchange.getRequestBody(), fault.kind() == Kind.CUT ? length / 2 : length);
    if (fault.kind() == Kind.CUT) {
      throw new IOException("cut");
    }
    if (fault.status() > 0) {
      if (!fault.field().isEmpty()) {
        exchange.getResponseHeaders().add(fault.field(), fault.value());
      }
      exchange.sendResponseHeaders(fault.status(), -1);
      exchange.close();
      return;
    }
    boolean fresh = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    if (fresh && there != null && refused.isEmpty()) {
      exchange.sendResponseHeaders(412, -1);
      exchange.close();
      return;
    }
    files.put(path, fault.kind() == Kind.LESS ? Arrays.copyOf(body, length / 2) : body);
    if (fault.kind() == Kind.MUTE) {
      throw new IOException("mute");
    }
    exchange.sendResponseHeaders(201, -1);
    exchange.close();
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] read(InputStream in, int most) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(in.readNBytes(most));
    return body.toByteArray();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
