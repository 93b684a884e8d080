package dev.tidepool.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * nginx with its module for {@code PUT}: takes files below {@code /in/} from whoever shows the
 * token, and up to a megabyte below {@code /small/}.
 */
public final class Nginx implements AutoCloseable {
  public static final String TOKEN = "the-token-for-nginx";

  private static final Duration START = Duration.ofSeconds(30);

  private static final String CONFIGURATION =
      """
      daemon off;
      user root;
      worker_processes 1;
      pid HOME/pid;
      error_log HOME/error.log;
      events {}
      http {
        access_log HOME/access.log;
        client_body_temp_path HOME/body;
        proxy_temp_path HOME/proxy;
        fastcgi_temp_path HOME/fastcgi;
        uwsgi_temp_path HOME/uwsgi;
        scgi_temp_path HOME/scgi;
        server {
          LISTEN
          root HOME/files;
          if ($http_authorization != "Bearer TOKEN") { return 401; }
          dav_methods PUT;
          location /in/ { client_max_body_size 0; create_full_put_path on; }
          location /small/ { client_max_body_size 1m; create_full_put_path on; }
        }
      }
      """;

  private final Path home;
  private final int port;
  private final Process process;

  Nginx(Path home) throws IOException {
    this(home, "listen 127.0.0.1:PORT;");
  }

  /** With TLS (https). */
  public Nginx(Path home, TestCertificate certificate) throws IOException {
    this(
        home,
        "listen 127.0.0.1:PORT ssl; ssl_certificate %s; ssl_certificate_key %s;"
            .formatted(certificate.pem(), certificate.key()));
  }

  private Nginx(Path home, String listen) throws IOException {
    this.home = home;
    Files.createDirectories(home.resolve("files"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path file = home.resolve("nginx.conf");
    Files.writeString(
        file,
        CONFIGURATION
            .replace("LISTEN", listen)
            .replace("HOME", home.toString())
            .replace("PORT", Integer.toString(port))
            .replace("TOKEN", TOKEN));
    process =
        new ProcessBuilder(List.of(program(), "-p", home.toString(), "-c", file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("said").toFile())
            .start();
    awaitAnswer();
  }

  /** Debian puts it where users do not look. */
  private static String program() {
    Path system = Path.of("/usr/sbin/nginx");
    return Files.isExecutable(system) ? system.toString() : "nginx";
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assert socket.isConnected();
        return;
      } catch (IOException e) {
        if (endedWithin(20) || System.nanoTime() > deadline) {
          process.destroy();
          throw new IOException("nginx: " + Files.readString(home.resolve("said")), e);
        }
      }
    }
  }

  private boolean endedWithin(long milliseconds) throws IOException {
    try {
      return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while nginx starts");
    }
  }

  public int port() {
    return port;
  }

  public Path file(String path) {
    return home.resolve("files" + path);
  }

  /** One line for each request: who asked for what, and how it ended. */
  public List<String> log() throws IOException {
    return Files.readAllLines(home.resolve("access.log"));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
