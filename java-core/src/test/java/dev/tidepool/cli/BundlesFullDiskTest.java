package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.SmallDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports and exports on a small device of its own, with ever more space left. */
class BundlesFullDiskTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"new", "merge", "export"})
  void whatFindsNoSpaceLeavesTheOldStateAndWorksWhenThereIsSome(String work) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    List<String> command = new ArrayList<>(SmallDevice.over(disk));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8"));
    String elsewhere = Files.createDirectory(folder.resolve("elsewhere")).toString();
    command.addAll(
        List.of(BundlesFullDiskScenario.class.getName(), disk.toString(), elsewhere, work));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("everything tried");
  }
}
