package dev.tidepool.environment;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Ballast;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs on a small device: a change is tried with 0, 1, 2 … pages or files left. */
public final class FullDiskScenario {
  private static final int MOST_LEFT = 200;

  private FullDiskScenario() {}

  /** Arguments: the device's folder, and what is scarce. */
  public static void main(String[] arguments) throws IOException {
    Path disk = Path.of(arguments[0]);
    boolean bytes = arguments[1].equals("bytes");
    Path place = disk.resolve("environment");
    Ballast ballast = new Ballast(disk);
    int failed = 0;
    for (int left = 0; left < MOST_LEFT; left++) {
      Folders.delete(place);
      Environment environment = ChangeScenario.make(place);
      Files.createDirectories(environment.own());
      Map<String, String> before = ChangeScenario.state(place);
      if (bytes) {
        ballast.leavePages(left);
      } else {
        ballast.leaveFiles(left);
      }
      boolean done = succeeds(environment);
      Map<String, String> after = ChangeScenario.state(place);
      require(done != after.equals(before), "with " + left + " left, done=" + done);
      require(!Files.exists(place.resolve(".tidepool/change")), "something is left with " + left);
      ballast.remove();
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

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
