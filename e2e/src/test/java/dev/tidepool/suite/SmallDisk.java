package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiContainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A disk of two megabytes that a server has in place of a folder. Only root may mount one.
 *
 * @param entering what a command begins with to see the disks that the server sees
 * @param inside the folder, as the server sees it
 * @param folder the same, as this process reaches it
 */
record SmallDisk(List<String> entering, Path inside, Path folder) {
  static SmallDisk mount(ComfyUi server, Path folder) throws IOException, InterruptedException {
    SmallDisk disk = new SmallDisk(List.of(), folder, folder);
    if (server instanceof ComfyUiContainer container) {
      String pid = run("docker", "inspect", "-f", "{{.State.Pid}}", container.containerId());
      disk =
          new SmallDisk(
              // With its processes too, for umount looks at itself in /proc.
              List.of("nsenter", "--target", pid, "--mount", "--pid"),
              folder,
              Path.of("/proc", pid, "root").resolve(Path.of("/").relativize(folder)));
    }
    disk.enter("mount", "-t", "tmpfs", "-o", "size=2m", "tidepool", folder.toString());
    return disk;
  }

  /** Takes it away; what the server still reads from it, it reads to the end. */
  void unmount() throws IOException, InterruptedException {
    enter("umount", "--lazy", inside.toString());
  }

  private void enter(String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(entering);
    whole.addAll(List.of(command));
    run(whole.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("%s ended", List.of(command)).isTrue();
    assertThat(process.exitValue())
        .as("%s, which root may do, said: %s", List.of(command), said)
        .isZero();
    return said.strip();
  }
}
