package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A port that nobody listens on and that no other {@code tidepool up} is about to use: ComfyUI
 * takes many seconds before it listens. A lock on a file in the folder holds it until it is closed
 * or the process dies.
 */
public final class PortReservation implements AutoCloseable {
  /** ComfyUI's own. */
  public static final int DEFAULT = 8188;

  private static final int TRIED = 100;

  private final int port;
  private final FileChannel channel;

  private PortReservation(int port, FileChannel channel) {
    this.port = port;
    this.channel = channel;
  }

  /** The port. */
  public int port() {
    return port;
  }

  /**
   * Reserves the wanted port, or without one the first that is free from ComfyUI's own on.
   *
   * @param folder where reservations are kept; made when needed
   * @throws TidepoolException {@code port-taken}
   */
  public static PortReservation of(Optional<Integer> wanted, Path folder) {
    int first = wanted.orElse(DEFAULT);
    int last = wanted.isPresent() ? first : first + TRIED;
    return StorageFailures.translate(
        "reserve a port",
        () -> {
          Files.createDirectories(folder);
          for (int port = first; port <= last; port++) {
            @Nullable PortReservation reservation = reserve(port, folder);
            if (reservation != null) {
              return reservation;
            }
          }
          throw new TidepoolException(
              ErrorKind.CONFLICT,
              "port-taken",
              "Another program uses the port " + first + ".",
              "Name another with --port N, or leave it out to get a free one.");
        });
  }

  private static @Nullable PortReservation reserve(int port, Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(Integer.toString(port)),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (isLocked(channel) && isFree(port)) {
      return new PortReservation(port, channel);
    }
    channel.close();
    return null;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Whether nobody listens on the port of this machine. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger("dev.tidepool.comfyui")
          .log(System.Logger.Level.WARNING, "port not given back port={0} reason={1}", port, e);
    }
  }
}
