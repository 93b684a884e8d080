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
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole processes of {@code tidepool up}, with a small ComfyUI and a package index of their own.
 */
class UpTest {
  @TempDir Path folder;
  private PackageIndex index;
  private Path uv;

  @BeforeEach
  void makeSources() throws IOException {
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
  void everythingIsPreparedAndToldAsJson() throws Exception {
    try (Up up = new Up("up", "--comfyui", "pypi:fake-comfy==1.0", "--no-start", "--json")) {
      assertThat(up.restOfOut())
          .isEqualTo(
              "{\"comfyui\":\"HERE/home/environments/tidepool/ComfyUI\","
                      .replace("HERE", folder.toString())
                  + "\"python\":\"HERE/home/environments/tidepool/.venv/bin/python\","
                      .replace("HERE", folder.toString())
                  + "\"source\":\"pypi:fake-comfy==1.0\",\"version\":\"0.2.0\"}\n");
      assertThat(up.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Downloading",
        "Unpacking",
        "Making a Python",
        "Installing ComfyUI",
        "Copying",
        "Installing the node pack",
        "Preparing Java",
        "Trying"
      })
  void whatIsKilledAtAnyStepGoesOn(String step) throws Exception {
    try (Up up = new Up("up", "--comfyui", "pypi:fake-comfy==1.0", "--no-start")) {
      up.awaitErr(step);
      up.kill();
    }
    try (Up up = new Up("up", "--comfyui", "pypi:fake-comfy==1.0", "--no-start")) {
      assertThat(up.restOfOut()).contains("environments/tidepool/ComfyUI");
      assertThat(up.exitCode()).isZero();
    }
    try (Up up = new Up("up", "--no-start")) {
      assertThat(up.restOfErr()).isEqualTo("ComfyUI 0.2.0 is ready to start.\n");
      assertThat(up.exitCode()).isZero();
    }
  }

  @Test
  void ctrlCWhilePreparingEndsWithThreeAndTheNextGoesOn() throws Exception {
    try (Up up = new Up("up", "--comfyui", "ComfyUI", "--no-start")) {
      up.awaitErr("Installing ComfyUI");
      up.interrupt();
      assertThat(up.restOfErr())
          .contains("error: Stopped before ComfyUI was ready.", "goes on from here");
      assertThat(up.exitCode()).isEqualTo(3);
    }
    try (Up up = new Up("up", "--comfyui", "ComfyUI", "--no-start")) {
      assertThat(up.exitCode()).isZero();
    }
  }

  @Test
  void serverStartsOpensTheBrowserAndEndsWithCtrlC() throws Exception {
    Path opened = folder.resolve("opened.txt");
    Path opener = folder.resolve("bin/xdg-open");
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(
        opener,
        "#!/bin/sh\necho \"$1\" > " + opened + ".new\nmv " + opened + ".new " + opened + "\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Up up = new Up("up", "--comfyui", "ComfyUI", "--json", "--", "--preview-method", "none")) {
      up.awaitErr("ComfyUI is ready at");
      URI address =
          URI.create(up.awaitOut("\"url\":").replaceFirst(".*\"url\":\"([^\"]+)\".*", "$1"));
      assertThat(
              ((HttpURLConnection) address.resolve("/system_stats").toURL().openConnection())
                  .getResponseCode())
          .isEqualTo(200);
      up.interrupt();
      assertThat(up.restOfOut()).isEmpty();
      assertThat(up.restOfErr()).doesNotContain("error:");
      assertThat(up.exitCode()).isZero();
    }
    assertThat(folder.resolve("ComfyUI/stopped.txt")).content().contains("--preview-method none");
    assertThat(opened).content().contains("template=first_steps&source=comfyui-tidepool");
  }

  @Test
  void pageWithTheExampleIsNamedWhenNoBrowserIsOpened() throws Exception {
    try (Up up = new Up("up", "--comfyui", "ComfyUI", "--no-browser")) {
      assertThat(up.awaitErr("Open this in your browser:"))
          .contains("/?template=first_steps&source=comfyui-tidepool");
      up.interrupt();
      assertThat(up.exitCode()).isZero();
    }
  }

  @Test
  void exitCodeOfComfyUiIsForwarded() throws Exception {
    try (Up up = new Up("up", "--comfyui", "ComfyUI", "--no-browser", "--", "--fail")) {
      assertThat(up.restOfErr()).contains("it failed", "ComfyUI ended before it was ready");
      assertThat(up.exitCode()).isEqualTo(5);
    }
  }

  @Test
  void twoAtOnceDoTheWorkOnceAndTakeTwoPorts() throws Exception {
    try (Up first = new Up("up", "--comfyui", "ComfyUI", "--no-browser", "--json");
        Up second = new Up("up", "--comfyui", "ComfyUI", "--no-browser", "--json")) {
      String one = first.awaitOut("\"url\":");
      String two = second.awaitOut("\"url\":");
      assertThat(one).isNotEqualTo(two);
      first.interrupt();
      second.interrupt();
      assertThat(first.exitCode() + second.exitCode()).isZero();
      String said = first.restOfErr() + second.restOfErr();
      assertThat(said).containsOnlyOnce("Installing ComfyUI's requirements");
    }
  }

  @Test
  void fetchBringsTheSourceAloneAndOverwritesNothing() throws Exception {
    String target = folder.resolve("fetched").toString();
    try (Up up = new Up("fetch", "pypi:fake-comfy==1.0", "fetched", "--json")) {
      assertThat(up.restOfOut())
          .isEqualTo(
              "{\"comfyui\":\"%s\",\"source\":\"pypi:fake-comfy==1.0\",\"version\":\"0.2.0\"}\n"
                  .formatted(target));
      assertThat(up.exitCode()).isZero();
    }
    assertThat(folder.resolve("fetched/main.py")).exists();
    assertThat(folder.resolve("home/environments")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.fetching");
    try (Up up = new Up("fetch", "pypi:fake-comfy==1.0", "fetched")) {
      assertThat(up.restOfErr()).contains("fetched is there already");
      assertThat(up.exitCode()).isEqualTo(1);
    }
    try (Up up = new Up("fetch", "ComfyUI", "fetched-too")) {
      assertThat(up.restOfErr()).contains("A folder needs no fetching");
      assertThat(up.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void installCanBeRepeatedAndUndone() throws Exception {
    Path nodes = folder.resolve("ComfyUI/custom_nodes/comfyui-tidepool");
    try (Up up = new Up("install", "--comfyui", "ComfyUI")) {
      assertThat(up.restOfErr()).contains("error: Which Python runs the ComfyUI");
      assertThat(up.exitCode()).isEqualTo(1);
    }
    new ProcessBuilder(
            "python3", "-m", "venv", "--without-pip", folder.resolve("ComfyUI/.venv").toString())
        .inheritIO()
        .start()
        .waitFor();
    for (int i = 0; i < 2; i++) {
      try (Up up = new Up("install", "--comfyui", "ComfyUI")) {
        assertThat(up.restOfOut()).isEqualTo(nodes + "\n");
        assertThat(up.exitCode()).isZero();
      }
      assertThat(nodes.resolve("__init__.py")).exists();
    }
    try (Up up = new Up("install", "--comfyui", "ComfyUI", "--remove")) {
      assertThat(up.exitCode()).isZero();
    }
    assertThat(nodes).doesNotExist();
  }

  /** One process of the command line, in the test's folder. */
  private final class Up extends TidepoolProcess {
    Up(String... arguments) throws IOException {
      super(folder, index, uv, arguments);
    }
  }
}
