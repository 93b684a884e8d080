package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ComfyUI's source: a folder is used, all else is fetched once. */
class SourceFolderTest {
  private static final String SOURCE = "pypi:some-package==1.0";

  @TempDir Path folder;
  private Path kept;
  private Path calls;
  private Path launcher;

  /** Stands for the launcher: notes how it was called, and makes the folder. */
  @BeforeEach
  void writeLauncher() throws IOException {
    kept = folder.resolve("kept");
    calls = folder.resolve("calls.txt");
    launcher = folder.resolve("tidepool");
    Files.writeString(launcher, "#!/bin/sh\necho \"$*\" >> " + calls + "\nmkdir \"$3\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aFolderIsUsedWhereItLies() {
    assertThat(SourceFolder.of(folder.toString(), Optional.empty(), kept)).isEqualTo(folder);
    assertThat(kept).doesNotExist();
  }

  @Test
  void anythingElseIsFetchedOnce() throws IOException {
    Path fetched = SourceFolder.of(SOURCE, Optional.of(launcher), kept);
    assertThat(SourceFolder.of(SOURCE, Optional.of(launcher), kept)).isEqualTo(fetched);
    assertThat(Files.readAllLines(calls))
        .isEqualTo(List.of("fetch " + SOURCE + " " + fetched + " --json"));
    assertThat(SourceFolder.of(SOURCE + ".1", Optional.of(launcher), kept)).isNotEqualTo(fetched);
  }

  @Test
  void whatFetchingSaysIsInTheError() throws IOException {
    Files.writeString(launcher, "#!/bin/sh\necho 'error: no such package' >&2\nexit 1\n");
    assertThatThrownBy(() -> SourceFolder.of(SOURCE, Optional.of(launcher), kept))
        .hasMessageContaining("error: no such package");
  }

  @Test
  void withoutALauncherOnlyAFolderWillDo() {
    assertThatThrownBy(() -> SourceFolder.of("nowhere", Optional.empty(), kept))
        .hasMessageContaining("nowhere, which is no folder")
        .hasMessageContaining("-Dtidepool.launcher=");
  }
}
