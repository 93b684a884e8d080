package dev.tidepool.comfyui;

import dev.tidepool.io.StorageFailures;
import dev.tidepool.process.Job;
import dev.tidepool.process.OutputCopy;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.process.ProcessTree;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running ComfyUI, child of this process. What it prints goes to this process's standard error,
 * and into a log where one is given. For one thread.
 */
public final class Server implements AutoCloseable {
  /** How long it may take to end by itself once it was asked to. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final long LOOK_MILLIS = 100;
  private static final int ANSWER_MILLIS = 2000;

  /**
   * Becomes ComfyUI, in a group of its own: the terminal sends Ctrl-C to a whole group, and ComfyUI
   * would get it twice. Hears Ctrl-C even when this process was started to ignore it, and ends with
   * this process where the system can do that (Linux).
   */
  private static final String BEFORE =
      """
      import ctypes, os, signal, sys
      os.setpgid(0, 0)
      signal.signal(signal.SIGTTOU, signal.SIG_IGN)
      signal.signal(signal.SIGINT, signal.SIG_DFL)
      os.dup2(2, 1)
      try:
          ctypes.CDLL(None).prctl(1, signal.SIGTERM)
      except (AttributeError, OSError):
          pass
      os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
      """;

  private final Process process;
  private final ProcessRunner runner;
  private final URI address;

  private final Optional<OutputCopy> output;

  private Server(Process process, ProcessRunner runner, URI address, Optional<OutputCopy> output) {
    this.process = process;
    this.runner = runner;
    this.address = address;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param arguments what {@code main.py} gets besides the port
   */
  public static Server start(
      Prepared prepared, int port, List<String> arguments, ProcessRunner runner) {
    Process process = runner.start(job(prepared, port, arguments));
    return new Server(process, runner, address(port, arguments), Optional.empty());
  }

  /**
   * Starts it, and writes what it prints into a log as well.
   *
   * @param log closed when it ends
   */
  public static Server start(
      Prepared prepared, int port, List<String> arguments, ProcessRunner runner, OutputStream log) {
    // Python holds back what it prints into a pipe.
    Job job = job(prepared, port, arguments).with(Map.of("PYTHONUNBUFFERED", "1"));
    Process process = runner.startToRead(job);
    OutputCopy copy = OutputCopy.of(process, System.err, log);
    return new Server(process, runner, address(port, arguments), Optional.of(copy));
  }

  private static Job job(Prepared prepared, int port, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(prepared.python().toString()));
    if (!isWindows()) {
      command.addAll(List.of("-c", BEFORE));
    }
    command.addAll(List.of("main.py", "--port", Integer.toString(port), "--disable-auto-launch"));
    command.addAll(arguments);
    return Job.in(prepared.comfyUi().folder(), command);
  }

  private static URI address(int port, List<String> arguments) {
    return URI.create("http://" + host(arguments) + ":" + port);
  }

  /** Where it answers. */
  public URI address() {
    return address;
  }

  /**
   * Waits until it answers.
   *
   * @return false when it ended before
   */
  public boolean awaitReady() {
    return StorageFailures.translate(
        "wait for ComfyUI",
        () -> {
          while (!answers()) {
            if (waited(LOOK_MILLIS)) {
              return false;
            }
          }
          return true;
        });
  }

  /** Waits until it ends, and answers its exit code. */
  public int awaitEnd() {
    return StorageFailures.translate(
        "wait for ComfyUI",
        () -> {
          try {
            int code = process.waitFor();
            output.ifPresent(OutputCopy::await);
            return code;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while ComfyUI ran");
          }
        });
  }

  /**
   * Asks it to end as Ctrl-C does, and makes it when it does not. Interrupts wait.
   *
   * @return its exit code
   */
  public int stop() {
    boolean interrupted = Thread.interrupted();
    try {
      if (process.isAlive()) {
        interrupt();
        process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    ProcessTree.end(process);
    output.ifPresent(OutputCopy::await);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      interrupted = true;
      return 1;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
  }

  private boolean waited(long millis) throws IOException {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while ComfyUI started");
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              address.resolve("/system_stats").toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Java itself can only terminate a process, on which ComfyUI leaves without tidying up. */
  private void interrupt() {
    if (isWindows()) {
      process.destroy();
      return;
    }
    String pid = Long.toString(process.pid());
    runner.run(
        Job.in(Path.of("").toAbsolutePath(), List.of("sh", "-c", "kill -INT \"$1\"", "sh", pid)));
  }

  private static String host(List<String> arguments) {
    int at = arguments.indexOf("--listen");
    if (at >= 0 && at + 1 < arguments.size()) {
      String host = arguments.get(at + 1).split(",")[0];
      boolean every = host.equals("0.0.0.0") || host.equals("::") || host.startsWith("-");
      if (!every) {
        return host.contains(":") ? "[" + host + "]" : host;
      }
    }
    return InetAddress.getLoopbackAddress().getHostAddress();
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("win");
  }
}
