package dev.tidepool.nodepack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry of node packs on this machine, with the answers of the public one's API, that can also
 * be slow, broken and lying. Thread-safe.
 */
public final class RegistryServer implements AutoCloseable {
  private final Map<String, Pack> packs = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();
  private final Map<String, byte[]> archives = new ConcurrentHashMap<>();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Starts to serve. */
  public RegistryServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** What can go wrong with one answer. */
  public enum Fault {
    /** The status 503. */
    UNAVAILABLE,
    /** The status 429, with three seconds to wait. */
    BUSY,
    /** The status 429, with an hour to wait. */
    BUSY_FOR_LONG,
    /** The status 403. */
    FORBIDDEN,
    /** Half the answer, then the connection ends. */
    CUT,
    /** Half the answer, then nothing any more. */
    STALLED,
    /** No answer at all. */
    SILENT,
    /** A page of a captive portal. */
    HTML,
    /** Half the answer, as if it were whole. */
    SHORT,
    /** A redirection to an unencrypted address elsewhere. */
    ELSEWHERE,
    /** A redirection to itself. */
    CIRCLE
  }

  private record Pack(
      String name, String repository, String status, Map<String, ObjectNode> versions) {}

  /** What {@code TIDEPOOL_REGISTRY_URL} is set to. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The paths that were asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Forgets what was asked. */
  public void forget() {
    asked.clear();
  }

  /** Offers a pack without versions. */
  public RegistryServer pack(String id, String name, String repository) {
    packs.put(id, new Pack(name, repository, "NodeStatusActive", new LinkedHashMap<>()));
    return this;
  }

  /** Withdraws a pack. */
  public void ban(String id) {
    packs.computeIfPresent(
        id,
        (key, pack) ->
            new Pack(pack.name(), pack.repository(), "NodeStatusBanned", pack.versions()));
  }

  /** Offers a version of a pack, the newest from now on. */
  public RegistryServer version(String id, String version, byte[] archive) {
    String path = "/cdn/" + id + "/" + version + "/node.zip";
    archives.put(path, archive);
    return version(id, version, address() + path);
  }

  /** Offers a version whose archive is anywhere. */
  public RegistryServer version(String id, String version, String download) {
    ObjectNode json = JsonTree.object();
    json.put("id", "00000000-0000-4000-8000-000000000000");
    json.put("node_id", id);
    json.put("version", version);
    json.put("changelog", "");
    json.put("deprecated", false);
    json.put("status", "NodeVersionStatusActive");
    json.set("dependencies", JsonTree.list());
    if (!download.isEmpty()) {
      json.put("downloadUrl", download);
    }
    pack(id).versions().put(version, json);
    return this;
  }

  /** Says of a node type which pack brings it. */
  public void type(String type, String id) {
    types.put(type, id);
  }

  /** The next answers to paths that hold the text go wrong, one after the other. */
  public void fault(String part, Fault... next) {
    faults.computeIfAbsent(part, key -> new ArrayDeque<>()).addAll(Arrays.asList(next));
  }

  private Pack pack(String id) {
    return java.util.Objects.requireNonNull(packs.get(id));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(path);
    byte[] content =
        content(exchange.getRequestURI().getPath(), exchange.getRequestURI().getQuery());
    Fault fault = nextFault(path);
    if (fault != null) {
      fail(exchange, fault, content);
    } else {
      send(exchange, content.length == 0 ? 404 : 200, content);
    }
  }

  private @org.jspecify.annotations.Nullable Fault nextFault(String path) {
    for (Map.Entry<String, Deque<Fault>> each : faults.entrySet()) {
      if (path.contains(each.getKey())) {
        synchronized (each.getValue()) {
          Fault fault = each.getValue().poll();
          if (fault != null) {
            return fault;
          }
        }
      }
    }
    return null;
  }

  private byte[] content(String path, @org.jspecify.annotations.Nullable String query)
      throws IOException {
    if (archives.containsKey(path)) {
      return archives.getOrDefault(path, new byte[0]);
    }
    String[] parts = path.substring(1).split("/", -1);
    if (parts.length == 3 && parts[0].equals("comfy-nodes") && types.containsKey(parts[1])) {
      return JsonTree.write(node(String.valueOf(types.get(parts[1]))));
    }
    if (parts.length < 2 || !parts[0].equals("nodes") || !packs.containsKey(parts[1])) {
      return new byte[0];
    }
    String what = parts.length == 2 ? "" : parts[2];
    return switch (what) {
      case "" -> JsonTree.write(node(parts[1]));
      case "versions" -> JsonTree.write(versions(parts[1]));
      case "install" -> {
        ObjectNode version =
            query == null
                ? latest(parts[1])
                : pack(parts[1]).versions().get(query.replace("version=", ""));
        yield version == null ? new byte[0] : JsonTree.write(version);
      }
      default -> new byte[0];
    };
  }

  private ObjectNode node(String id) {
    Pack pack = pack(id);
    ObjectNode json = JsonTree.object();
    json.put("id", id);
    json.put("name", pack.name());
    json.put("description", "For tests.");
    json.put("repository", pack.repository());
    json.put("status", pack.status());
    ObjectNode latest = latest(id);
    if (latest != null) {
      json.set("latest_version", latest);
    }
    return json;
  }

  private @org.jspecify.annotations.Nullable ObjectNode latest(String id) {
    List<ObjectNode> versions = List.copyOf(pack(id).versions().values());
    return versions.isEmpty() ? null : versions.get(versions.size() - 1);
  }

  private ArrayNode versions(String id) {
    ArrayNode list = JsonTree.list();
    pack(id).versions().values().forEach(list::add);
    return list;
  }

  private void fail(HttpExchange exchange, Fault fault, byte[] content) throws IOException {
    switch (fault) {
      case UNAVAILABLE ->
          send(exchange, 503, "{\"message\":\"later\"}".getBytes(StandardCharsets.UTF_8));
      case FORBIDDEN -> send(exchange, 403, new byte[0]);
      case BUSY -> {
        exchange.getResponseHeaders().add("Retry-After", "3");
        send(exchange, 429, new byte[0]);
      }
      case BUSY_FOR_LONG -> {
        exchange.getResponseHeaders().add("Retry-After", "3600");
        send(exchange, 429, new byte[0]);
      }
      case HTML -> send(exchange, 200, "<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
      case SHORT -> send(exchange, 200, Arrays.copyOf(content, content.length / 2));
      case ELSEWHERE -> redirect(exchange, "http://example.org/elsewhere");
      case CIRCLE -> redirect(exchange, exchange.getRequestURI().toString());
      case SILENT -> await();
      case CUT, STALLED -> {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, content.length / 2);
        exchange.getResponseBody().flush();
        if (fault == Fault.STALLED) {
          await();
        }
        exchange.close();
      }
    }
  }

  private static void redirect(HttpExchange exchange, String target) throws IOException {
    exchange.getResponseHeaders().add("Location", target);
    send(exchange, 302, new byte[0]);
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
    } catch (IOException e) {
      // The client went away.
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
