package dev.tidepool.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonToolsTest {
  @TempDir Path folder;

  @Test
  void uvOnThePathIsUsed() throws IOException {
    Path uv = script("bin/uv", "echo uv 0.9.1");
    assertThat(tools(Map.of("PATH", folder.resolve("bin").toString())).uv(Steps.silent()).program())
        .isEqualTo(uv);
  }

  @Test
  void uvOfAnotherAgeOnThePathIsPassedOver() throws IOException {
    script("bin/uv", "echo uv 0.4.30");
    script("more/uv", "exit 1");
    Path good = script("good/uv", "echo 'uv 1.2.0 (abc)'");
    String path =
        folder.resolve("bin") + ":" + folder.resolve("more") + ":" + folder.resolve("good");
    assertThat(tools(Map.of("PATH", path)).installedUv()).contains(good);
  }

  @Test
  void uvIsFetchedOnceFromTheConfiguredIndex() throws IOException {
    try (PackageIndex index = new PackageIndex().folder(TestTools.uvWheel())) {
      PythonTools tools = tools(Map.of("PIP_INDEX_URL", index.address()));
      Path program = tools.uv(Steps.silent()).program();
      assertThat(program).startsWith(folder.resolve("home/uv"));
      assertThat(index.asked()).anyMatch(path -> path.startsWith("/simple/uv"));
      assertThat(new ProcessRunner(TestTools.environment(), folder.resolve("log")))
          .satisfies(
              runner ->
                  assertThat(
                          runner
                              .run(Job.in(folder, List.of(program.toString(), "--version")))
                              .lines())
                      .anyMatch(line -> line.startsWith("uv " + Pinned.read("uv.txt").version())));
      int before = index.asked().size();
      assertThat(tools(Map.of("PIP_INDEX_URL", index.address())).uv(Steps.silent()).program())
          .isEqualTo(program);
      assertThat(index.asked()).hasSize(before);
    }
  }

  @Test
  void indexOfUvServesPipAsWell() throws IOException {
    try (PackageIndex index = new PackageIndex().folder(TestTools.uvWheel())) {
      assertThat(tools(Map.of("UV_DEFAULT_INDEX", "inside=" + index.address())).uv(Steps.silent()))
          .isNotNull();
      assertThat(index.asked()).anyMatch(path -> path.endsWith(".whl"));
    }
  }

  @Test
  void uvWithAnotherHashIsRefused() throws IOException {
    String version = Pinned.read("uv.txt").version();
    try (PackageIndex index = new PackageIndex().wheel("uv", version)) {
      assertThatError(
              () -> tools(Map.of("PIP_INDEX_URL", index.address())).uv(Steps.silent()),
              "uv-missing")
          .contains("HASH");
      assertThat(folder.resolve("home/uv").resolve(version)).doesNotExist();
    }
  }

  @Test
  void uvThatIsCutShortIsNotKept() throws IOException {
    try (PackageIndex index = new PackageIndex().folder(TestTools.uvWheel())) {
      index.cutShort();
      assertThatError(
          () ->
              tools(Map.of("PIP_INDEX_URL", index.address(), "PIP_RETRIES", "0"))
                  .uv(Steps.silent()),
          "uv-missing");
      assertThat(tools(Map.of()).installedUv()).isEmpty();
    }
  }

  @Test
  void unreachableIndexIsSaidWithTheLog() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Map<String, String> nowhere =
        Map.of("PIP_INDEX_URL", "http://127.0.0.1:" + port + "/simple", "PIP_RETRIES", "0");
    assertThatExceptionOfType(TidepoolException.class)
        .isThrownBy(() -> tools(nowhere).uv(Steps.silent()))
        .satisfies(e -> assertThat(String.join(" ", e.hints())).contains("run.log"));
  }

  @Test
  void newestPatchOfThePreferredVersionIsChosen() throws IOException {
    python(".pyenv/versions/3.11.9/bin/python3.11", "cpython 3.11.9 0");
    python(".pyenv/versions/3.12.1/bin/python3.12", "cpython 3.12.1 0");
    Path best = python(".pyenv/versions/3.12.7/bin/python3.12", "cpython 3.12.7 0");
    python("bin/python3.12", "cpython 3.12.9 0");
    assertThat(tools(ofThisFolder()).best()).contains(new Interpreter(best, "3.12.7"));
  }

  @Test
  void brokenAndFreeThreadedPythonsArePassedOver() throws IOException {
    script(".pyenv/versions/3.12.1/bin/python3.12", "exit 127");
    python("bin/python3.12", "cpython 3.12.9 1");
    Path good = python("bin/python3.11", "cpython 3.11.4 0");
    assertThat(tools(ofThisFolder()).best().map(Interpreter::program)).contains(good);
  }

  @Test
  void freeThreadedPythonIsKnownByItsVersion() throws IOException {
    assertThat(tools(Map.of()).inspect(saying("3.13.0 (main, Oct 7 2024)")).version())
        .isEqualTo("3.13.0");
    Path without = saying("3.13.0 experimental free-threading build (main, Oct 7 2024)");
    assertThatError(() -> tools(Map.of()).inspect(without), "python-unusable");
  }

  /** A real Python that takes itself for another one. */
  private Path saying(String version) throws IOException {
    Path real = tools(TestTools.environment()).best().orElseThrow().program();
    String before = "import sys; sys.version = '" + version + "'; sys.version_info = (3, 13, 0); ";
    return script("bin/python3.13", "exec " + real + " $1 $2 $3 \"" + before + "$4\"");
  }

  @Test
  void oldPythonIsNotGoodEnough() throws IOException {
    Path old = python("bin/python3", "cpython 3.10.13 0");
    assertThatError(() -> tools(Map.of()).inspect(old), "python-unusable").contains("3.10.13");
  }

  @Test
  void otherProgramIsNoPython() throws IOException {
    Path other = script("bin/other", "echo hello");
    assertThatError(() -> tools(Map.of()).inspect(other), "python-unusable");
    assertThatError(() -> tools(Map.of()).inspect(folder.resolve("none")), "python-unusable");
  }

  @Test
  void installsFromPipsIndexIntoANewEnvironment() throws IOException {
    try (PackageIndex index = new PackageIndex().wheel("sea", "1.5")) {
      PythonTools tools = realTools(Map.of("PIP_INDEX_URL", index.address()));
      Uv uv = tools.uv(Steps.silent());
      Path python =
          uv.makeEnvironment(tools.forNewEnvironment(Steps.silent()), folder.resolve("venv"));
      uv.install(python, "Sea", Steps.silent(), List.of("sea"));
      Ended ended =
          new ProcessRunner(Map.of(), folder.resolve("log"))
              .run(
                  Job.in(
                      folder, List.of(python.toString(), "-c", "import sea; print(sea.version)")));
      assertThat(ended.lines()).containsExactly("1.5");
      assertThat(folder.resolve("home/uv_cache")).isDirectory();
      assertThatError(
              () -> uv.install(python, "the ocean", Steps.silent(), List.of("ocean")),
              "requirements-failed")
          .contains("the ocean", "ocean was not found");
    }
  }

  private static Map<String, String> with(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(TestTools.environment());
    environment.putAll(variables);
    return environment;
  }

  private PythonTools tools(Map<String, String> variables) {
    return new PythonTools(
        folder.resolve("home"), new ProcessRunner(with(variables), folder.resolve("run.log")));
  }

  private PythonTools realTools(Map<String, String> variables) throws IOException {
    Map<String, String> all = new HashMap<>(variables);
    all.put("PATH", TestTools.uvFolder() + ":" + System.getenv("PATH"));
    return tools(all);
  }

  private Map<String, String> ofThisFolder() {
    return Map.of(
        "PATH",
        folder.resolve("bin") + ":/usr/bin:/bin",
        "PYENV_ROOT",
        folder.resolve(".pyenv").toString());
  }

  private Path python(String name, String answer) throws IOException {
    return script(name, "echo python " + answer);
  }

  private Path script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertThatError(
      ThrowingCallable call, String code) {
    TidepoolException error =
        org.assertj.core.api.Assertions.catchThrowableOfType(TidepoolException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    return assertThat(error.text());
  }
}
