package dev.tidepool.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Passes connections on to a server, counts bytes, and stops passing them when it is told. */
public final class Relay implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicLong up = new AtomicLong();
  private final AtomicLong down = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long mostUp = Long.MAX_VALUE;
  private volatile long mostDown = Long.MAX_VALUE;
  private volatile boolean cuts;
  private volatile @Nullable String cut;

  public Relay(int target) throws IOException {
    this.target = target;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** How many bytes clients sent. */
  public long up() {
    return up.get();
  }

  /** How many bytes they got. */
  public long down() {
    return down.get();
  }

  /** Passes no more than that on from clients; then nothing moves any more. */
  public void holdAfterUp(long bytes) {
    mostUp = bytes;
  }

  /** Passes no more than that on to clients; then nothing moves any more. */
  public void holdAfterDown(long bytes) {
    mostDown = bytes;
  }

  /** Ends the connection of a request whose first line begins so and has that in it. */
  public void cutsRequest(String method, String part) {
    cut = (method + " [^\r\n]*" + Pattern.quote(part) + "[^\r\n]*\r\n(?s:.*)");
  }

  /** Ends connections in place of holding them. */
  public void cuts() {
    cuts = true;
  }

  /** Ends the connections that are open, and passes everything on from now on. */
  public void restart() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    open.clear();
    mostUp = Long.MAX_VALUE;
    mostDown = Long.MAX_VALUE;
    cut = null;
    up.set(0);
    down.set(0);
  }

  /** Waits until it holds or cut something. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        threads.execute(() -> pass(client, server, true));
        threads.execute(() -> pass(server, client, false));
      } catch (IOException e) {
        return;
      }
    }
  }

  private boolean isCut(byte[] bytes, int length) {
    String pattern = cut;
    return pattern != null
        && new String(bytes, 0, length, StandardCharsets.ISO_8859_1).matches(pattern);
  }

  private void pass(Socket from, Socket to, boolean upwards) {
    AtomicLong count = upwards ? up : down;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 14];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (upwards && isCut(buffer, read)) {
          from.close();
          to.close();
          return;
        }
        if (count.addAndGet(read) > (upwards ? mostUp : mostDown)) {
          stopped.countDown();
          if (cuts) {
            from.close();
            to.close();
          }
          return;
        }
        out.write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two had enough.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
