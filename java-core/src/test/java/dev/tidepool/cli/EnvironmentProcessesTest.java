package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole processes on environments, with a small ComfyUI, a package index, and the real uv. */
class EnvironmentProcessesTest {
  private static final String SOURCE = "pypi:fake-comfy==1.0";

  @TempDir Path temporary;
  private Path folder;
  private PackageIndex index;
  private Path uv;

  @BeforeEach
  void makeSources() throws IOException {
    folder = Files.createDirectory(temporary.resolve("Höhle mit Wasser"));
    index = FakeComfyUi.index().folder(TestTools.pipWheel());
    uv = TestTools.uvFolder();
    FakeComfyUi.writePack(folder.resolve("pack"), "1");
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  @Test
  void environmentIsMadeAsComfyDockLaysItOut() throws Exception {
    create("eins", "--comfyui", SOURCE, "--json");
    Path environment = environment("eins");
    assertThat(environment.resolve("ComfyUI/main.py")).exists();
    assertThat(environment.resolve("ComfyUI/models")).isSymbolicLink();
    assertThat(Files.readSymbolicLink(environment.resolve("ComfyUI/models")))
        .isEqualTo(folder.resolve("home/models"));
    assertThat(environment.resolve(".cec/.complete")).exists();
    assertThat(environment.resolve(".cec/.python-version")).content().isEqualTo("3.11\n");
    assertThat(environment.resolve(".cec/pyproject.toml"))
        .content()
        .contains("name = \"comfydock-env-eins\"")
        .contains("comfyui_version = \"v0.2.0\"")
        .contains("sea>=1.0");
    assertThat(environment.resolve(".cec/uv.lock")).content().contains("sea");
    assertThat(environment.resolve(".cec/.git/refs/tags/v1")).exists();
    assertThat(environment.resolve(".venv/bin/python")).exists();
    try (TidepoolProcess list = new Tidepool("list", "--json")) {
      assertThat(list.restOfOut())
          .contains("\"name\":\"eins\",\"active\":true,\"state\":\"complete\",\"running\":false")
          .contains("\"comfyui_version\":\"v0.2.0\",\"python_version\":\"3.11\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Downloading",
        "Unpacking",
        "Copying ComfyUI",
        "Choosing versions",
        "Installing ComfyUI",
        "Installed",
        "Recording version"
      })
  void whatIsKilledAtAnyStepIsNoEnvironmentAndGoesOn(String step) throws Exception {
    try (TidepoolProcess process = new Tidepool("create", "x", "--comfyui", SOURCE)) {
      process.awaitErr(step);
      process.kill();
    }
    try (TidepoolProcess run = new Tidepool("run", "-e", "x")) {
      assertThat(run.restOfErr()).contains("error: The environment x was not made to its end");
      assertThat(run.exitCode()).isEqualTo(1);
    }
    create("x", "--comfyui", SOURCE);
    try (TidepoolProcess run = new Tidepool("run", "-e", "x", "--fail")) {
      assertThat(run.restOfErr()).contains("it failed");
      assertThat(run.exitCode()).isEqualTo(5);
    }
  }

  @Test
  void ctrlCEndsWithThreeAndSaysHowToGoOn() throws Exception {
    try (TidepoolProcess process = new Tidepool("create", "x", "--comfyui", "ComfyUI")) {
      process.awaitErr("Installing ComfyUI");
      process.interrupt();
      assertThat(process.restOfErr())
          .contains("error: Stopped before the environment x was ready", "goes on from here");
      assertThat(process.exitCode()).isEqualTo(3);
    }
    create("x", "--comfyui", "ComfyUI");
  }

  @Test
  void whatWasBegunWithOtherChoicesIsNotMixed() throws Exception {
    try (TidepoolProcess process = new Tidepool("create", "x", "--comfyui", SOURCE)) {
      process.awaitErr("Choosing versions");
      process.kill();
    }
    try (TidepoolProcess process = new Tidepool("create", "x", "--comfyui", "ComfyUI")) {
      assertThat(process.restOfErr()).contains("was begun with other choices");
      assertThat(process.exitCode()).isEqualTo(1);
    }
    try (TidepoolProcess process = new Tidepool("delete", "x", "--purge")) {
      assertThat(process.exitCode()).isZero();
    }
    create("x", "--comfyui", "ComfyUI");
  }

  @Test
  void secondEnvironmentNeedsNoNetwork() throws Exception {
    create("eins", "--comfyui", SOURCE);
    int asked = index.asked().size();
    create("noch eins", "--comfyui", SOURCE);
    assertThat(index.asked().subList(asked, index.asked().size())).isEmpty();
    index.close();
    create("zwei", "--comfyui", SOURCE);
    assertThat(environment("zwei").resolve("ComfyUI/main.py")).exists();
    assertThat(folder.resolve("home/environments")).isDirectoryNotContaining("glob:**/.tidepool-*");
  }

  @Test
  void foldersSourceIsCopiedWithoutWhatIsTheUsers() throws Exception {
    Path own = folder.resolve("ComfyUI");
    Files.createDirectories(own.resolve("models/checkpoints"));
    Files.writeString(own.resolve("models/checkpoints/big.safetensors"), "big");
    Files.createDirectories(own.resolve("custom_nodes/mine"));
    Files.createDirectories(own.resolve("user/default"));
    create("x", "--comfyui", "ComfyUI");
    Path made = environment("x").resolve("ComfyUI");
    assertThat(made.resolve("custom_nodes/websocket_image_save.py")).exists();
    assertThat(made.resolve("custom_nodes/mine")).doesNotExist();
    assertThat(made.resolve("user")).doesNotExist();
    assertThat(made.resolve("models")).isSymbolicLink();
  }

  @Test
  void twoEnvironmentsRunAtOnceAndCtrlCEndsThem() throws Exception {
    create("eins", "--comfyui", "ComfyUI");
    create("zwei", "--comfyui", "ComfyUI");
    try (TidepoolProcess one = new Tidepool("run", "--preview-method", "none");
        TidepoolProcess two = new Tidepool("run", "-e", "zwei", "--", "--listen")) {
      URI first = address(one);
      URI second = address(two);
      assertThat(first).isNotEqualTo(second);
      for (URI address : new URI[] {first, second}) {
        HttpURLConnection connection =
            (HttpURLConnection) address.resolve("/system_stats").toURL().openConnection();
        assertThat(connection.getResponseCode()).isEqualTo(200);
      }
      try (TidepoolProcess list = new Tidepool("list")) {
        assertThat(list.restOfOut()).contains("ready, running");
      }
      try (TidepoolProcess delete = new Tidepool("delete", "zwei")) {
        assertThat(delete.restOfErr()).contains("The ComfyUI of zwei is running", "--force");
        assertThat(delete.exitCode()).isEqualTo(1);
      }
      one.interrupt();
      two.interrupt();
      assertThat(one.restOfErr()).doesNotContain("error:");
      assertThat(one.exitCode()).isZero();
      assertThat(two.exitCode()).isZero();
    }
    assertThat(environment("eins").resolve("ComfyUI/stopped.txt"))
        .content()
        .contains("--preview-method none");
    assertThat(environment("zwei").resolve("ComfyUI/stopped.txt")).content().contains("--listen");
    assertThat(folder.resolve("home/logs/eins.log")).content().contains("to stdout --port");
    try (TidepoolProcess delete = new Tidepool("delete", "zwei")) {
      assertThat(delete.restOfOut()).startsWith(folder.resolve("home/trash").toString());
      assertThat(delete.exitCode()).isZero();
    }
    assertThat(environment("zwei")).doesNotExist();
  }

  @Test
  void theEnvironmentOfUpIsListedAndRuns() throws Exception {
    try (TidepoolProcess up = new Tidepool("up", "--comfyui", SOURCE, "--no-start")) {
      assertThat(up.exitCode()).isZero();
    }
    try (TidepoolProcess list = new Tidepool("list")) {
      assertThat(list.restOfOut()).contains("tidepool", "of tidepool up, no versions");
    }
    try (TidepoolProcess run = new Tidepool("run", "-e", "tidepool", "--fail")) {
      assertThat(run.restOfErr()).contains("it failed");
      assertThat(run.exitCode()).isEqualTo(5);
    }
  }

  private void create(String name, String... more) throws Exception {
    String[] all = new String[more.length + 2];
    all[0] = "create";
    all[1] = name;
    System.arraycopy(more, 0, all, 2, more.length);
    try (TidepoolProcess process = new Tidepool(all)) {
      process.restOfOut();
      assertThat(process.exitCode()).isZero();
    }
  }

  private static URI address(TidepoolProcess process) throws IOException {
    String line = process.awaitErr("ComfyUI is ready at");
    return URI.create(line.replaceFirst(".* at (\\S+) .*", "$1"));
  }

  private Path environment(String name) {
    return folder.resolve("home/environments").resolve(name);
  }

  private final class Tidepool extends TidepoolProcess {
    Tidepool(String... arguments) throws IOException {
      super(folder, index, uv, arguments);
    }
  }
}
