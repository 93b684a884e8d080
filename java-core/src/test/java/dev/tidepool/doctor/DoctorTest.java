package dev.tidepool.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final int PORT = 1;

  @TempDir Path folder;

  @Test
  void programsOnThePathAreFoundWithTheirVersions() throws IOException {
    program("uv", "echo uv 0.13.9");
    program("git", "echo git version 2.39.5");
    Checks checks = examine(Optional.empty(), PORT);
    assertThat(checks.named("uv"))
        .isEqualTo(Check.ok("uv", "uv 0.13.9, " + folder.resolve("bin/uv")));
    assertThat(checks.named("git"))
        .isEqualTo(Check.ok("git", "git version 2.39.5, " + folder.resolve("bin/git")));
    assertThat(checks.named("Java").state()).isEqualTo(Check.State.OK);
  }

  @Test
  void whatIsMissingComesWithWhatToType() {
    Checks checks = examine(Optional.empty(), PORT);
    assertThat(checks.named("uv").state()).isEqualTo(Check.State.PROBLEM);
    assertThat(checks.list())
        .filteredOn(check -> check.state() != Check.State.OK)
        .allSatisfy(check -> assertThat(check.advice()).isNotEmpty());
    assertThat(checks.named("C compiler").advice()).contains("sudo apt install gcc");
  }

  @Test
  void oldDockerEngineIsToldFromItsClient() throws IOException {
    program(
        "docker",
        "case $1 in --version) echo 'Docker version 28.0.1, build x';; *) echo 20.10.24 1.41;; esac");
    Check check = examine(Optional.empty(), PORT).named("Docker");
    assertThat(check.found()).isEqualTo("client 28.0.1, engine 20.10.24 (API 1.41)");
    assertThat(check.advice()).contains("DOCKER_API_VERSION=1.41");
  }

  @Test
  void dockerWithoutAnEngineIsSaid() throws IOException {
    program(
        "docker", "case $1 in --version) echo 'Docker version 28.0.1, build x';; *) exit 1;; esac");
    assertThat(examine(Optional.empty(), PORT).named("Docker").found())
        .isEqualTo("client 28.0.1, no engine answers");
  }

  @Test
  void folderWithoutComfyUiIsAProblem() {
    assertThat(examine(Optional.of(folder), PORT).named("ComfyUI").state())
        .isEqualTo(Check.State.PROBLEM);
  }

  @Test
  void takenPortIsSaid() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = socket.getLocalPort();
      assertThat(examine(Optional.empty(), port).named("Port " + port).found())
          .isEqualTo("taken by another program");
    }
  }

  private Checks examine(Optional<Path> comfyUi, int port) {
    Map<String, String> environment = Map.of("PATH", folder.resolve("bin").toString());
    ProcessRunner runner = new ProcessRunner(environment, folder.resolve("run.log"));
    return new Checks(
        new Doctor(runner, new PythonTools(folder.resolve("home"), runner)).examine(comfyUi, port));
  }

  private record Checks(List<Check> list) {
    Check named(String name) {
      return list.stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
    }
  }

  private void program(String name, String body) throws IOException {
    Path file = folder.resolve("bin").resolve(name);
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
