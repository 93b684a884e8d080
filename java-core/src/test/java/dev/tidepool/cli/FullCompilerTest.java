package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes with the quick compiler, beside a launcher that says what it is asked to do. */
class FullCompilerTest {
  private static final int LARGE = 64 << 20;

  @TempDir Path folder;
  private PackageIndex index;

  @BeforeEach
  void make() throws IOException {
    index = FakeComfyUi.index();
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
  }

  @AfterEach
  void close() {
    index.close();
  }

  private void bundle(int bytes) throws IOException {
    new BundleForge()
        .model("checkpoints/sand.safetensors", new byte[bytes])
        .workflow("beach", "sand.safetensors")
        .write(folder.resolve("beach_bundle.tar.gz"));
  }

  private void launcher(String script) throws IOException {
    Path launcher = folder.resolve("the launcher");
    Files.writeString(launcher, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  private TidepoolProcess process(String... line) throws IOException {
    return new TidepoolProcess(
        List.of("-Dtidepool.anew=" + folder.resolve("the launcher")),
        Map.of("UV_DEFAULT_INDEX", index.address()),
        folder,
        TestTools.uvFolder(),
        line);
  }

  @Test
  void importOfManyBytesOfModelsBeginsAnewWithTheFullCompiler() throws Exception {
    bundle(LARGE);
    launcher("printf '<%s>' \"$TIDEPOOL_COMPILER\" \"$@\"; exit 7");
    try (TidepoolProcess process =
        process("import", "beach_bundle.tar.gz", "--name", "two words", "--comfyui", "ComfyUI")) {
      assertThat(process.restOfOut().strip())
          .isEqualTo("<full><import><beach_bundle.tar.gz><--name><two words><--comfyui><ComfyUI>");
      assertThat(process.exitCode()).isEqualTo(7);
    }
    assertThat(folder.resolve("home/environments")).doesNotExist();
  }

  @Test
  void exportOfLargeModelsThatNobodyHashedBeginsAnewWithTheFullCompiler() throws Exception {
    bundle(LARGE / 4);
    launcher("exit 9");
    done("import", "beach_bundle.tar.gz", "--name", "fern", "--comfyui", "ComfyUI");
    Path model = folder.resolve("home/models/checkpoints/sand.safetensors");
    done("export", "-e", "fern", "--offline", "--no-interactive");
    Files.delete(folder.resolve("fern_bundle.tar.gz"));

    Files.write(model, new byte[LARGE + 1]);
    try (TidepoolProcess process = process("export", "-e", "fern", "--offline")) {
      assertThat(process.restOfOut()).isEmpty();
      assertThat(process.exitCode()).isEqualTo(9);
    }
    try (var left = Files.list(folder)) {
      assertThat(left.filter(path -> path.getFileName().toString().contains("fern"))).isEmpty();
    }
  }

  @Test
  void indexingOfAnythingLargeBeginsAnewBeforeAModelIsChanged() throws Exception {
    Path models = Files.createDirectories(folder.resolve("ComfyUI/models/loras"));
    Path first = Files.write(models.resolve("first.pt"), new byte[1 << 20]);
    launcher("exit 9");
    done("models", "index", "ComfyUI/models");

    Files.move(first, models.resolve("second.pt"));
    Files.write(models.resolve("large.pt"), new byte[LARGE]);
    try (TidepoolProcess process = process("models", "index")) {
      assertThat(process.restOfOut()).isEmpty();
      assertThat(process.exitCode()).isEqualTo(9);
    }
    try (TidepoolProcess process =
        new TidepoolProcess(List.of(), folder, index, TestTools.uvFolder(), "models", "index")) {
      assertThat(process.restOfErr()).contains("2 models: 1 new, 0 changed, 1 moved, 0 gone");
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void fewBytesAreHashedWhereTheyAre() throws Exception {
    bundle(1 << 20);
    launcher("exit 9");
    done("import", "beach_bundle.tar.gz", "--name", "fern", "--comfyui", "ComfyUI");
    done("export", "-e", "fern", "--offline", "--no-interactive");
    assertThat(folder.resolve("fern_bundle.tar.gz")).isNotEmptyFile();
  }

  @Test
  void ctrlCReachesTheCommandThatBeganAnew() throws Exception {
    bundle(LARGE);
    launcher("trap 'exit 5' TERM; echo begun; read -r line; exit 4");
    try (TidepoolProcess process = process("import", "beach_bundle.tar.gz", "--name", "fern")) {
      process.awaitOut("begun");
      process.interrupt();
      assertThat(process.exitCode()).isEqualTo(5);
    }
  }

  private void done(String... line) throws Exception {
    try (TidepoolProcess process = process(line)) {
      String said = process.restOfErr();
      assertThat(process.exitCode()).as(said).isZero();
    }
  }
}
