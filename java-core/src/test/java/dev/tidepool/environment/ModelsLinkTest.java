package dev.tidepool.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsLinkTest {
  @TempDir Path folder;
  private Path comfyUi;
  private Path models;

  @BeforeEach
  void makeFolders() throws IOException {
    comfyUi = Files.createDirectory(folder.resolve("ComfyUI"));
    models = Files.createDirectory(folder.resolve("Mödelle von O'Hara"));
  }

  @Test
  void modelsAreLinkedAndFollowTheChoice() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    make(models);
    make(models);
    assertThat(comfyUi.resolve("models")).isSymbolicLink();
    make(other);
    assertThat(Files.readSymbolicLink(comfyUi.resolve("models"))).isEqualTo(other);
  }

  @Test
  void readOnlyFolderIsFine() throws IOException {
    Files.createDirectory(models.resolve("checkpoints"));
    Files.setPosixFilePermissions(models, PosixFilePermissions.fromString("r-xr-xr-x"));
    make(models);
    assertThat(comfyUi.resolve("models/checkpoints")).isDirectory();
  }

  @Test
  void foldersOfAnotherProgramAreNamedToComfyUi() throws IOException {
    Files.createDirectory(models.resolve("Stable-diffusion"));
    Files.createDirectory(models.resolve("Lora"));
    make(models);
    assertThat(comfyUi.resolve("models")).doesNotExist();
    assertThat(comfyUi.resolve("extra_model_paths.yaml"))
        .content()
        .isEqualTo(
            "tidepool:\n    base_path: '"
                + models.toString().replace("'", "''")
                + "'\n    is_default: true\n    checkpoints: Stable-diffusion/\n    loras: Lora/\n");
  }

  @Test
  void folderWithModelsInItsPlaceStaysAndTheUsersPathsToo() throws IOException {
    Files.createDirectories(models.resolve("vae"));
    Path own = Files.createDirectories(comfyUi.resolve("models/loras"));
    make(models);
    assertThat(own).isDirectory();
    Path paths = comfyUi.resolve("extra_model_paths.yaml");
    String section = Files.readString(paths);
    assertThat(section).startsWith("tidepool:\n").endsWith("    vae: vae/\n");
    Files.writeString(paths, "tidepool:\n    old: old/\nmine:\n    loras: /data");
    make(models);
    assertThat(paths).content().isEqualTo("mine:\n    loras: /data\n" + section);
    make(models);
    assertThat(paths).content().isEqualTo("mine:\n    loras: /data\n" + section);
  }

  @Test
  void blankLineInTheSectionDoesNotLeaveItsEndBehind() throws IOException {
    Files.createDirectories(models.resolve("vae"));
    Files.createDirectories(comfyUi.resolve("models/loras"));
    Path paths = comfyUi.resolve("extra_model_paths.yaml");
    Files.writeString(
        paths, "tidepool:\n    old: old/\n\n    more: more/\n\nmine:\n    vae: /data\n");
    make(models);
    assertThat(paths).content().startsWith("\nmine:\n    vae: /data\ntidepool:\n");
  }

  @Test
  void missingFolderIsNamed() {
    assertThatThrownBy(() -> make(folder.resolve("gone"))).hasMessageContaining("gone");
  }

  private void make(Path chosen) throws IOException {
    new ModelsLink(comfyUi, chosen).make(Steps.silent());
  }
}
