package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphicsTest {
  @TempDir Path folder;

  @Test
  void aDeviceOfADriverIsACard() throws IOException {
    assertThat(seen()).isFalse();
    Files.createFile(folder.resolve("kfd"));
    assertThat(seen()).isTrue();
  }

  @Test
  void nvidiasProgramIsAskedWhereItIsOnThePath() throws IOException {
    program("exit 0");
    assertThat(seen()).isTrue();
    program("exit 9");
    assertThat(seen()).isFalse();
  }

  private boolean seen() {
    String path = folder.resolve("none") + ":" + folder.resolve("programs");
    return Graphics.seen(folder, new ProcessRunner(Map.of("PATH", path), folder.resolve("log")));
  }

  private void program(String line) throws IOException {
    Path file = folder.resolve("programs").resolve("nvidia-smi");
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
