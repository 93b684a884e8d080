package dev.tidepool.environment;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs on a small device: a change is tried with 0, 1, 2 … pages or files left. */
public final class FullDiskScenario {
  private static final int MOST_LEFT = 200;
  private static final int PAGE = 4096;

  private FullDiskScenario() {}

  /** Arguments: the device's folder, and what is scarce. */
  public static void main(String[] arguments) throws IOException {
    Path disk = Path.of(arguments[0]);
    boolean bytes = arguments[1].equals("bytes");
    Path place = disk.resolve("environment");
    Path ballast = Files.createDirectory(disk.resolve("ballast"));
    int failed = 0;
    for (int left = 0; left < MOST_LEFT; left++) {
      Folders.delete(place);
      Environment environment = ChangeScenario.make(place);
      Files.createDirectories(environment.own());
      Map<String, String> before = ChangeScenario.state(place);
      fill(ballast, left, bytes);
      boolean done = succeeds(environment);
      Map<String, String> after = ChangeScenario.state(place);
      require(done != after.equals(before), "with " + left + " left, done=" + done);
      require(!Files.exists(place.resolve(".tidepool/change")), "something is left with " + left);
      Folders.delete(ballast);
      Files.createDirectory(ballast);
      if (done) {
        require(failed > 0, "it never failed");
        System.out.println("everything tried, " + failed + " failures");
        return;
      }
      failed++;
    }
    throw new AssertionError("it never succeeded");
  }

  private static boolean succeeds(Environment environment) {
    try {
      ChangeScenario.change(environment);
      return true;
    } catch (TidepoolException e) {
      require(e.code().equals("disk-full"), e.code() + " " + e.text() + " " + e.hints());
      return false;
    }
  }

  private static void fill(Path ballast, int left, boolean bytes) throws IOException {
    int made = 0;
    try {
      for (; ; made++) {
        Path file = ballast.resolve(Integer.toString(made));
        try (OutputStream out = Files.newOutputStream(file)) {
          if (bytes) {
            out.write(new byte[PAGE]);
          }
        }
      }
    } catch (IOException e) {
      // The device is full; the last file may be there without content.
    }
    Files.deleteIfExists(ballast.resolve(Integer.toString(made)));
    for (int i = 0; i < left && i < made; i++) {
      Files.delete(ballast.resolve(Integer.toString(i)));
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
