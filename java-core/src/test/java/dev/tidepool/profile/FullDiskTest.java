package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every change, on a small device of its own with ever less space or ever fewer files left. */
class FullDiskTest {
  @TempDir Path folder;

  @Test
  void whatFindsNoSpaceChangesNothing() throws Exception {
    run("bytes");
  }

  @Test
  void whatCanMakeNoMoreFilesChangesNothing() throws Exception {
    run("files");
  }

  private void run(String scarce) throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path sources = Files.createDirectory(folder.resolve("sources"));

    String printed =
        JvmOfItsOwn.under(withDevice(disk)).run(FullDiskScenario.class, disk, sources, scarce);

    assertThat(printed).contains("everything tried");
    assertThat(disk).as("the device is gone with its process").isEmptyDirectory();
  }

  /** A command that mounts a device over the folder, for itself only. */
  private static List<String> withDevice(Path disk) throws IOException, InterruptedException {
    String mount = "mount -t tmpfs -o size=2m,nr_inodes=600 tidepool \"$0\" && exec \"$@\"";
    for (List<String> unshare :
        List.of(
            List.of("unshare", "--mount"),
            List.of("unshare", "--user", "--map-root-user", "--mount"))) {
      List<String> trial = new java.util.ArrayList<>(unshare);
      trial.addAll(List.of("sh", "-c", mount, disk.toString(), "true"));
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
