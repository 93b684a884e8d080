package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.SmallDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit and a rollback on a small device of its own, with ever more space left. */
class VersionFullDiskTest {
  @TempDir Path disk;

  @ParameterizedTest
  @ValueSource(strings = {"commit", "rollback"})
  void whatFindsNoSpaceLeavesTheOldState(String work) throws Exception {
    List<String> command = new ArrayList<>(SmallDevice.over(disk));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8"));
    command.addAll(List.of(VersionFullDiskScenario.class.getName(), disk.toString(), work));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("everything tried");
  }
}
