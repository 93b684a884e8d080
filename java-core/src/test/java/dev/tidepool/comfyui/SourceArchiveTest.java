package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Seeds;
import dev.tidepool.io.Steps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceArchiveTest {
  @TempDir Path folder;

  private interface Extra {
    void add(TarArchiveOutputStream tar) throws IOException;
  }

  @Test
  void comfyUiDeepInsideIsFoundAndNothingElseUnpacked() throws IOException {
    unpack(archive(tar -> FakeComfyUi.add(tar, "sea-1.0/setup.py", new byte[9])));
    assertThat(ComfyUi.in(folder.resolve("out")).version()).isEqualTo("0.2.0");
    assertThat(folder.resolve("out/setup.py")).doesNotExist();
    assertThat(folder.resolve("setup.py")).doesNotExist();
  }

  @Test
  void comfyUiAtTheTopIsFound() throws IOException {
    unpack(FakeComfyUi.archive("./", FakeComfyUi.files("0.3.0")));
    assertThat(ComfyUi.in(folder.resolve("out")).version()).isEqualTo("0.3.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "C:/evil",
        "a\\..\\..\\evil",
        "a//b",
        "a/./b",
        "x\u0001y",
        ".."
      })
  void nameThatLeavesItsPlaceIsRefused(String name) throws IOException {
    refused("archive-entry-unsafe", tar -> FakeComfyUi.add(tar, name, new byte[1]));
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void linkOrDeviceIsRefused(byte type) throws IOException {
    refused(
        "archive-entry-link",
        tar -> {
          TarArchiveEntry entry = new TarArchiveEntry("sea-1.0/odd", type);
          entry.setLinkName("/etc/passwd");
          tar.putArchiveEntry(entry);
          tar.closeArchiveEntry();
        });
  }

  @Test
  void nameThatComesTwiceIsRefused() throws IOException {
    refused(
        "archive-entry-duplicate",
        tar -> FakeComfyUi.add(tar, "sea-1.0/vendor/ComfyUI/MAIN.py", new byte[1]));
    refused(
        "archive-entry-duplicate",
        tar -> FakeComfyUi.add(tar, "sea-1.0/vendor/ComfyUI/main.py/x", new byte[1]));
  }

  @Test
  void bombIsRefusedBeforeAnythingIsWritten() throws IOException {
    byte[] zeros = new byte[80 << 20];
    refused("archive-bomb", tar -> FakeComfyUi.add(tar, "sea-1.0/zeros", zeros));
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    refused(
        "archive-too-many-entries",
        tar -> {
          for (int i = 0; i <= 100_000; i++) {
            FakeComfyUi.add(tar, "sea-1.0/" + i, new byte[0]);
          }
        });
  }

  @Test
  void archiveWithoutComfyUiIsRefused() throws IOException {
    Map<String, String> files = new TreeMap<>(FakeComfyUi.files("0.2.0"));
    files.remove("nodes.py");
    assertThat(failure(FakeComfyUi.archive("sea/", files))).isEqualTo("archive-not-comfyui");
  }

  @Test
  void otherFileIsRefused() throws IOException {
    assertThat(failure("no archive".getBytes(StandardCharsets.UTF_8))).isEqualTo("archive-corrupt");
    assertThat(failure(new byte[0])).isEqualTo("archive-corrupt");
  }

  @Test
  void damagedArchiveIsRefusedOrUnpackedWhole() throws IOException {
    long seed = Seeds.seed();
    Random random = new Random(seed);
    byte[] whole = archive(tar -> {});
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      if (random.nextBoolean()) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      } else {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        unpack(damaged);
        assertThat(ComfyUi.isIn(folder.resolve("out"))).as("seed %d", seed).isTrue();
      } catch (TidepoolException e) {
        assertThat(e.code()).as("seed %d", seed).startsWith("archive-");
      }
      dev.tidepool.io.Folders.delete(folder.resolve("out"));
    }
  }

  private void refused(String code, Extra extra) throws IOException {
    assertThat(failure(archive(extra))).isEqualTo(code);
  }

  private String failure(byte[] archive) {
    TidepoolException error = catchThrowableOfType(TidepoolException.class, () -> unpack(archive));
    assertThat(error).isNotNull();
    assertThat(folder.resolve("out")).doesNotExist();
    return error.code();
  }

  private void unpack(byte[] archive) throws IOException {
    Path file = Files.write(folder.resolve("sea.tar.gz"), archive);
    new SourceArchive(file).unpack(folder.resolve("out"), Steps.silent());
  }

  private static byte[] archive(Extra extra) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = FakeComfyUi.tar(bytes)) {
      for (Map.Entry<String, String> file : FakeComfyUi.files("0.2.0").entrySet()) {
        FakeComfyUi.add(
            tar,
            "sea-1.0/vendor/ComfyUI/" + file.getKey(),
            file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      extra.add(tar);
    }
    return bytes.toByteArray();
  }
}
