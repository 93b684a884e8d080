package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.PythonTools;
import dev.tidepool.python.TestTools;
import dev.tidepool.python.Uv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackInstallationTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");

  @TempDir Path folder;
  private PackageIndex index;
  private ProcessRunner runner;
  private ComfyUi comfyUi;
  private Path installed;
  private Path python;
  private Uv uv;

  @BeforeEach
  void makeComfyUi() throws IOException {
    index = FakeComfyUi.index();
    Map<String, String> environment = new HashMap<>(TestTools.environment());
    environment.put("UV_DEFAULT_INDEX", index.address());
    environment.put("PATH", TestTools.uvFolder() + ":" + System.getenv("PATH"));
    runner = new ProcessRunner(environment, folder.resolve("run.log"));
    comfyUi = ComfyUi.in(FakeComfyUi.write(folder.resolve("ComfyUI"), "0.2.0"));
    installed = comfyUi.folder().resolve("custom_nodes/comfyui-tidepool");
    PythonTools tools = new PythonTools(folder.resolve("home"), runner);
    uv = tools.uv(Steps.silent());
    python = uv.makeEnvironment(tools.best().orElseThrow(), comfyUi.folder().resolve(".venv"));
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  @Test
  void packIsCopiedWholeWithItsRequirements() throws IOException {
    Pack pack = pack("1");
    assertThat(at(NOW).isCurrent(pack, python)).isFalse();
    assertThat(at(NOW).install(pack, python, uv, Steps.silent())).isEqualTo(installed);
    assertThat(Pack.files(installed)).containsAll(Pack.files(pack.folder()));
    assertThat(at(NOW).isCurrent(pack, python)).isTrue();
    assertThat(index.asked()).anyMatch(path -> path.contains("shell-1.0"));
    assertThat(folder.resolve("run.log")).content().contains("ready");
  }

  @Test
  void scriptOfThePackFindsUv() throws IOException {
    Map<String, String> environment = new HashMap<>(runner.environment());
    environment.put("PATH", "/usr/bin:/bin");
    Path log = folder.resolve("script.log");
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    new PackInstallation(comfyUi, new ProcessRunner(environment, log), clock)
        .install(pack("1"), python, uv, Steps.silent());
    assertThat(log).content().contains("ready " + uv.program());
  }

  @Test
  void upgradeKeepsNothingOldAndTheOldPackIsInTheTrash() throws IOException {
    at(NOW).install(pack("1"), python, uv, Steps.silent());
    at(NOW).install(pack("2"), python, uv, Steps.silent());
    assertThat(installed.resolve("version-1.txt")).doesNotExist();
    assertThat(installed.resolve("version-2.txt")).exists();
    assertThat(trash().resolve("20260203T040506789Z/version-1.txt")).exists();
    at(NOW.plus(Duration.ofDays(8))).install(pack("3"), python, uv, Steps.silent());
    assertThat(Folders.children(trash())).hasSize(1);
  }

  @Test
  void comfyUiPassesOverAllThatIsNotThePack() throws IOException {
    at(NOW).install(pack("1"), python, uv, Steps.silent());
    at(NOW).install(pack("2"), python, uv, Steps.silent());
    for (Path file : Folders.children(comfyUi.customNodes())) {
      if (Files.isDirectory(file) && !file.equals(installed)) {
        assertThat(file.getFileName().toString()).endsWith(".disabled");
      }
    }
  }

  @Test
  void removalLeavesPoolsAndCanBeRepeated() throws IOException {
    Path pool = Files.createDirectories(comfyUi.folder().resolve("input/grid_pool/sea"));
    at(NOW).install(pack("1"), python, uv, Steps.silent());
    assertThat(at(NOW).remove()).isTrue();
    assertThat(installed).doesNotExist();
    assertThat(pool).exists();
    assertThat(at(NOW).remove()).isFalse();
  }

  @Test
  void foreignFolderIsLeftAsItIs() throws IOException {
    Path file = installed.resolve("__init__.py");
    FakeComfyUi.write(installed, Map.of("__init__.py", "mine"));
    assertThat(failure(pack("1")).code()).isEqualTo("pack-foreign");
    assertThat(catchThrowableOfType(TidepoolException.class, () -> at(NOW).remove()).code())
        .isEqualTo("pack-foreign");
    assertThat(file).hasContent("mine");
    assertThat(Folders.children(comfyUi.customNodes())).contains(installed);
  }

  @Test
  void linkIsLeftAsItIs() throws IOException {
    Path elsewhere = pack("1").folder();
    Files.createSymbolicLink(installed, elsewhere);
    assertThat(failure(pack("2")).code()).isEqualTo("pack-foreign");
    assertThat(installed).isSymbolicLink();
    assertThat(elsewhere.resolve("__init__.py")).exists();
  }

  @Test
  void packThatSomebodyUnzippedIsUpgraded() throws IOException {
    FakeComfyUi.writePack(installed, "0");
    at(NOW).install(pack("1"), python, uv, Steps.silent());
    assertThat(installed.resolve("version-0.txt")).doesNotExist();
  }

  @Test
  void packThatDoesNotWorkDoesNotTakeThePlaceOfOneThatDoes() throws IOException {
    at(NOW).install(pack("1"), python, uv, Steps.silent());
    Map<String, String> broken =
        Map.of(
            "vendor/tidepool_bridge/_core.py", "raise ImportError('no Java for you')",
            "install.py", "import sys; sys.exit('error: no compiler')",
            "requirements.txt", "ocean==1\n");
    Map<String, String> codes =
        Map.of(
            "vendor/tidepool_bridge/_core.py", "pack-check-failed",
            "install.py", "pack-install-failed",
            "requirements.txt", "requirements-failed");
    for (Map.Entry<String, String> file : broken.entrySet()) {
      Path source = FakeComfyUi.writePack(folder.resolve("broken"), "2");
      FakeComfyUi.write(source, Map.of(file.getKey(), file.getValue()));
      TidepoolException error = failure(Pack.in(source));
      assertThat(error.code()).isEqualTo(codes.get(file.getKey()));
      assertThat(installed.resolve("version-1.txt")).exists();
      assertThat(at(NOW).isCurrent(pack("1"), python)).isTrue();
    }
  }

  @Test
  void reasonOfAPackThatDoesNotWorkIsTheBridgesOwn() throws IOException {
    Path source = FakeComfyUi.writePack(folder.resolve("broken"), "2");
    FakeComfyUi.write(
        source,
        Map.of("vendor/tidepool_bridge/_core.py", "raise ImportError('No Java was found.')"));
    assertThat(failure(Pack.in(source)).text()).endsWith(": No Java was found.");
  }

  @Test
  void digestTellsPacksApart() throws IOException {
    Pack pack = pack("1");
    Files.createDirectories(pack.folder().resolve("__pycache__"));
    Files.writeString(pack.folder().resolve("__pycache__/x.pyc"), "left by Python");
    assertThat(Pack.in(pack.folder())).isEqualTo(pack);
    Files.writeString(pack.folder().resolve("__init__.py"), "# changed");
    assertThat(Pack.in(pack.folder()).digest()).isNotEqualTo(pack.digest());
  }

  private PackInstallation at(Instant now) {
    return new PackInstallation(comfyUi, runner, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Path trash() {
    return comfyUi.customNodes().resolve(".tidepool-trash.disabled");
  }

  private Pack pack(String version) throws IOException {
    return Pack.in(FakeComfyUi.writePack(folder.resolve("pack-" + version), version));
  }

  private TidepoolException failure(Pack pack) {
    TidepoolException error =
        catchThrowableOfType(
            TidepoolException.class, () -> at(NOW).install(pack, python, uv, Steps.silent()));
    assertThat(error).isNotNull();
    return error;
  }
}
