package dev.tidepool.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web server with files, which fails as it is told. Speaks HTTP/1.1, one request a connection.
 */
public final class FileServer implements AutoCloseable {
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String tag = "\"one\"";
  private volatile boolean ranges = true;

  /**
   * What goes wrong once.
   *
   * @param kind {@code cut}, {@code hang}, {@code status}, {@code redirect}, {@code length}, {@code
   *     body}, {@code part}
   * @param number after how many bytes, which status, or how much longer
   * @param text the header fields, the address, or the content
   */
  public record Fault(String kind, int number, String text) {
    /** The connection ends after some bytes. */
    public static Fault cut(int bytes) {
      return new Fault("cut", bytes, "");
    }

    /** Nothing more comes after some bytes. */
    public static Fault hang(int bytes) {
      return new Fault("hang", bytes, "");
    }

    /** An answer without a file. */
    public static Fault status(int status, String... fields) {
      return new Fault("status", status, String.join("\r\n", fields));
    }

    /** Sends elsewhere. */
    public static Fault redirect(String address) {
      return new Fault("redirect", 302, address);
    }

    /** Says another length than what comes. */
    public static Fault length(int more) {
      return new Fault("length", more, "");
    }

    /** Other bytes. */
    public static Fault body(String content) {
      return new Fault("body", 0, content);
    }

    /** A part that begins elsewhere than asked for. */
    public static Fault part() {
      return new Fault("part", 0, "");
    }
  }

  public FileServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public URI file(String path, byte[] content) {
    files.put(path, content);
    return uri(path);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  public void fault(String path, Fault... next) {
    faults.computeIfAbsent(path, unused -> new ArrayDeque<>()).addAll(Arrays.asList(next));
  }

  public void tag(String next) {
    tag = next;
  }

  public void withoutRanges() {
    ranges = false;
  }

  /** Every request: its path, and the part that it asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      if (line == null) {
        return;
      }
      for (String field = in.readLine(); field != null && !field.isEmpty(); field = in.readLine()) {
        String[] parts = field.split(": *", 2);
        fields.put(parts[0], parts[1]);
      }
      String[] request = line.split(" ");
      answer(request[0], request[1], fields, connection.getOutputStream());
    } catch (IOException e) {
      // The client had enough.
    }
  }

  private void answer(String method, String path, Map<String, String> fields, OutputStream out)
      throws IOException {
    String range = fields.getOrDefault("Range", "");
    asked.add((path + " " + range + " " + fields.getOrDefault("Authorization", "")).strip());
    Fault fault;
    synchronized (faults) {
      Deque<Fault> waiting = faults.getOrDefault(path, new ArrayDeque<>());
      fault = waiting.isEmpty() ? new Fault("", 0, "") : waiting.remove();
    }
    byte[] content = files.get(path);
    if (fault.kind().equals("status")) {
      head(out, fault.number() + " No", 0, fault.text());
      return;
    }
    if (fault.kind().equals("redirect")) {
      head(out, "302 Found", 0, "Location: " + fault.text());
      return;
    }
    if (content == null) {
      head(out, "404 Not Found", 0, "");
      return;
    }
    if (fault.kind().equals("body")) {
      content = fault.text().getBytes(StandardCharsets.UTF_8);
    }
    int from = 0;
    boolean fits = fields.getOrDefault("If-Range", tag).equals(tag);
    if (ranges && fits && range.matches("bytes=[0-9]+-")) {
      from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      if (from >= content.length) {
        head(out, "416 Range Not Satisfiable", 0, "Content-Range: bytes */" + content.length);
        return;
      }
    }
    int shown = fault.kind().equals("part") ? from - 1 : from;
    String about = "ETag: " + tag;
    String status = "200 OK";
    if (from > 0) {
      status = "206 Partial Content";
      about +=
          "\r\nContent-Range: bytes " + shown + "-" + (content.length - 1) + "/" + content.length;
    }
    int length = content.length - from + (fault.kind().equals("length") ? fault.number() : 0);
    head(out, status, length, about);
    if (method.equals("HEAD")) {
      return;
    }
    boolean early = fault.kind().equals("cut") || fault.kind().equals("hang");
    int count = early ? Math.min(fault.number(), content.length - from) : content.length - from;
    out.write(content, from, count);
    out.flush();
    if (fault.kind().equals("hang")) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void head(OutputStream out, String status, int length, String fields)
      throws IOException {
    String more = fields.isEmpty() ? "" : fields + "\r\n";
    out.write(
        ("HTTP/1.1 "
                + status
                + "\r\nContent-Length: "
                + length
                + "\r\nConnection: close\r\n"
                + more
                + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
