package dev.tidepool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingLogTest {
  @TempDir Path folder;

  @Test
  void oldOnesMoveUpAndTheOldestGoes() throws IOException {
    Path file = folder.resolve("logs/x.log");
    for (String line : new String[] {"one\n", "two\n", "three\n", "four\n"}) {
      try (RotatingLog log = new RotatingLog(file, 5)) {
        log.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(file).content().isEqualTo("four\n");
    assertThat(folder.resolve("logs/x.log.1")).content().isEqualTo("three\n");
    assertThat(folder.resolve("logs/x.log.2")).content().isEqualTo("two\n");
    assertThat(folder.resolve("logs/x.log.3")).doesNotExist();
  }
}
