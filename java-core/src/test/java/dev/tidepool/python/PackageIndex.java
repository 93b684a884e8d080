package dev.tidepool.python;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A package index (PEP 503) on this machine that can also misbehave. Thread-safe. */
public final class PackageIndex implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile boolean cutsShort;
  private volatile String held = "";
  private volatile CountDownLatch asksHeld = new CountDownLatch(0);
  private volatile CountDownLatch released = new CountDownLatch(0);

  /** Starts to serve. */
  public PackageIndex() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** What {@code UV_DEFAULT_INDEX} or {@code PIP_INDEX_URL} is set to. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple";
  }

  /** This machine's environment with a real uv on its path that asks this index alone, once. */
  public Map<String, String> environment() throws IOException {
    Map<String, String> variables = new HashMap<>(TestTools.environment());
    variables.put("UV_DEFAULT_INDEX", address());
    variables.put("UV_HTTP_RETRIES", "0");
    variables.put("PATH", TestTools.uvFolder() + File.pathSeparator + variables.get("PATH"));
    return variables;
  }

  /** The paths that were asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** From now on files end in their middle. */
  public void cutShort() {
    cutsShort = true;
  }

  /** Lets whoever asks for a file wait. */
  public void hold(String name) {
    asksHeld = new CountDownLatch(1);
    released = new CountDownLatch(1);
    held = name;
  }

  /** Whether somebody asks for the file that is held, within a time. */
  public boolean isHeldAskedFor(Duration limit) throws InterruptedException {
    return asksHeld.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Gives the file to those who wait for it. */
  public void release() {
    held = "";
    released.countDown();
  }

  /** Serves a file. */
  public PackageIndex file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /** Serves all files of a folder. */
  public PackageIndex folder(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.toList()) {
        file(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return this;
  }

  /** Serves a wheel with one module that says its version. */
  public PackageIndex wheel(String name, String version) throws IOException {
    String info = name + "-" + version + ".dist-info/";
    Map<String, String> content = new TreeMap<>();
    content.put(name + ".py", "version = '" + version + "'\n");
    content.put(
        info + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
    content.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    content.put(info + "RECORD", record(content, info));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : content.entrySet()) {
        ZipEntry member = new ZipEntry(entry.getKey());
        // One version is one file, whenever it is made: its hash stands in locks.
        member.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(member);
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file(name + "-" + version + "-py3-none-any.whl", bytes.toByteArray());
  }

  private static String record(Map<String, String> content, String info) {
    StringBuilder record = new StringBuilder();
    content.keySet().forEach(name -> record.append(name).append(",,\n"));
    return record.append(info).append("RECORD,,\n").toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    String last = path.replaceFirst("/$", "").replaceFirst(".*/", "");
    if (path.startsWith("/files/") && files.containsKey(last)) {
      if (last.equals(held)) {
        awaitRelease();
      }
      send(exchange, 200, files.get(last), cutsShort);
    } else if (path.startsWith("/simple/")) {
      StringBuilder page = new StringBuilder("<!DOCTYPE html><html><body>");
      for (String file : files.keySet()) {
        if (file.replace('_', '-').startsWith(last + "-")) {
          page.append("<a href=\"/files/" + file + "\">" + file + "</a><br>");
        }
      }
      byte[] bytes = page.append("</body></html>").toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/html");
      send(exchange, page.indexOf("<a ") < 0 ? 404 : 200, bytes, false);
    } else {
      send(exchange, 404, new byte[0], false);
    }
  }

  private void awaitRelease() throws InterruptedIOException {
    asksHeld.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the index ends");
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] content, boolean half)
      throws IOException {
    int length = half ? content.length / 2 : content.length;
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content, 0, length);
    } catch (IOException e) {
      // The client went away.
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
