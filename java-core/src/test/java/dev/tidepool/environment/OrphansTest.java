package dev.tidepool.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrphansTest {
  @TempDir Path folder;

  @Test
  void onlyTheUvOfThisEnvironmentIsEnded() throws Exception {
    // A shell stands in for uv: the system tells its name and its arguments.
    Path uv = Files.copy(Path.of("/bin/sh").toRealPath(), folder.resolve("uv"));
    Path sync = Files.copy(uv, folder.resolve("other"));
    Process ours = waiting(uv, folder.resolve("eins/.cec"));
    Process of2 = waiting(uv, folder.resolve("eins2/.cec"));
    Process noUv = waiting(sync, folder.resolve("eins/.cec"));
    try {
      Orphans.end(folder.resolve("eins"));
      assertThat(ours.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(of2.isAlive()).isTrue();
      assertThat(noUv.isAlive()).isTrue();
    } finally {
      of2.destroyForcibly();
      noUv.destroyForcibly();
    }
  }

  private static Process waiting(Path program, Path argument) throws IOException {
    return new ProcessBuilder(program.toString(), "-c", "read x", argument.toString()).start();
  }
}
