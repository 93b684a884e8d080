package dev.tidepool.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small device for one process, to see it filled up. */
public final class SmallDevice {
  private SmallDevice() {}

  /** The beginning of a command that mounts a device over the folder, for itself only. */
  public static List<String> over(Path folder) throws IOException, InterruptedException {
    String mount = "mount -t tmpfs -o size=2m,nr_inodes=600 tidepool \"$0\" && exec \"$@\"";
    for (List<String> unshare :
        List.of(
            List.of("unshare", "--mount"),
            List.of("unshare", "--user", "--map-root-user", "--mount"))) {
      List<String> trial = new ArrayList<>(unshare);
      trial.addAll(List.of("sh", "-c", mount, folder.toString(), "true"));
      Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return trial.subList(0, trial.size() - 1);
      }
    }
    throw new AssertionError(
        "This test needs a mount of its own: run as root, or allow user namespaces.");
  }
}
