package dev.tidepool.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.SmallDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change on a small device of its own, with ever more space or ever more files left. */
final class FullDiskTest {
  @TempDir Path disk;

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "files"})
  void changeThatFindsNoSpaceIsTakenBackWithoutSpace(String scarce) throws Exception {
    List<String> command = new ArrayList<>(SmallDevice.over(disk));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(FullDiskScenario.class.getName(), disk.toString(), scarce));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("everything tried");
  }
}
