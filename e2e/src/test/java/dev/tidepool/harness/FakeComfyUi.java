package dev.tidepool.harness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A stand-in for ComfyUI that misbehaves on demand, which the real one does too rarely. It knows
 * what a test of workflows asks of it, runs nothing, and says that each prompt ended well.
 */
public final class FakeComfyUi implements ComfyUi {
  private final ServerSocket socket;
  private final Path base;
  private final Set<Socket> websockets = ConcurrentHashMap.newKeySet();
  private final List<String> running = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String hanging = "nothing hangs";
  private volatile boolean heeds;
  private volatile boolean remembers = true;
  private volatile boolean starts = true;
  private volatile boolean hangsUp;

  /** Starts it. */
  public FakeComfyUi(Path base) throws IOException {
    this.base = base;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::listen);
  }

  /** Prompts with this text in them never end, unless they heed a stop. */
  public void hangOn(String text, boolean heedsStop) {
    hanging = text;
    heeds = heedsStop;
  }

  /** Prompts do not come into the history. */
  public void forgetHistory() {
    remembers = false;
  }

  /** The next prompt is answered by the end of all websockets. */
  public void hangUp() {
    hangsUp = true;
  }

  /** It does not start any more. */
  public void startNoMore() {
    starts = false;
  }

  /** All requests so far: method, path and body. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-comfyui");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (String first = line(in); !first.isEmpty(); first = line(in)) {
        int length = 0;
        String key = "";
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
          String value = header.substring(header.indexOf(':') + 1).strip();
          if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
            length = Integer.parseInt(value);
          } else if (header.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
            key = value;
          }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String request = first.substring(0, first.lastIndexOf(' '));
        if (key.isEmpty()) {
          requests.add((request + " " + body).strip());
          write(client, answer(request, body));
        } else {
          open(client, key);
        }
      }
    } catch (IOException e) {
      // The client has gone.
    } finally {
      websockets.remove(client);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private String answer(String request, String body) throws IOException {
    ObjectNode json = api().object();
    String name = request.replaceFirst("\\?.*", "");
    if (name.equals("GET /queue")) {
      ArrayNode queue = json.putArray("queue_running");
      running.forEach(id -> queue.addArray().add(0).add(id));
      json.putArray("queue_pending");
    } else if (name.startsWith("GET /history/") && remembers) {
      json.putObject(name.substring("GET /history/".length())).putObject("outputs");
    } else if (name.equals("POST /interrupt") && heeds) {
      running.clear();
    } else if (name.equals("POST /prompt")) {
      String id = "p" + requests.size();
      json.put("prompt_id", id);
      run(id, body);
    }
    String text = json.toString();
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + text.length()
        + "\r\n\r\n"
        + text;
  }

  private void run(String id, String body) throws IOException {
    if (hangsUp) {
      hangsUp = false;
      hangUpNow();
    } else if (body.contains(hanging)) {
      running.add(id);
    } else {
      String about = "\"data\":{\"prompt_id\":\"" + id + "\",\"node\":null}}";
      send("{\"type\":\"execution_success\"," + about);
      send("{\"type\":\"executing\"," + about);
    }
  }

  private void hangUpNow() throws IOException {
    for (Socket websocket : websockets) {
      websocket.close();
    }
  }

  private void open(Socket client, String key) throws IOException {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      write(
          client,
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(digest)
              + "\r\n\r\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
    websockets.add(client);
    send("{\"type\":\"status\",\"data\":{}}");
    // What a client says is not listened to; this returns when it leaves.
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** Sends a short text to everybody. */
  private void send(String text) throws IOException {
    for (Socket websocket : websockets) {
      write(websocket, "\u0081" + (char) text.length() + text);
    }
  }

  private static synchronized void write(Socket client, String text) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public Path base() {
    return base;
  }

  @Override
  public Path log() {
    return base.resolve("server.log");
  }

  @Override
  public ComfyApi api() {
    return new ComfyApi(address());
  }

  /** Ends all that runs; it can be asked on, as if it had been started again. */
  @Override
  public void kill() {
    requests.add("kill");
    running.clear();
    try {
      hangUpNow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void start() {
    requests.add("start");
    if (!starts) {
      throw new IllegalStateException("ComfyUI ended with exit code 1");
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      hangUpNow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
