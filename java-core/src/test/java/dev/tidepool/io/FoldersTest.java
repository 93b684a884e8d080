package dev.tidepool.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {
  @TempDir Path folder;

  private static final class Told implements Progress {
    private long bytes;

    @Override
    public void advance(long units) {
      bytes += units;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
  void fileOfAnySizeIsCopiedWholeWithItsTime(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path source = Files.write(folder.resolve("source"), content);
    Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000));
    Path target = folder.resolve("target");
    Told told = new Told();
    Folders.copyFile(source, target, told);
    assertThat(target).hasBinaryContent(content);
    assertThat(Files.getLastModifiedTime(target).toMillis()).isEqualTo(1_000_000);
    assertThat(told.bytes).isEqualTo(size);
  }

  @Test
  void copyReplacesNothing() throws Exception {
    Path source = Files.writeString(folder.resolve("source"), "new");
    Path target = Files.writeString(folder.resolve("target"), "old");
    assertThatThrownBy(() -> Folders.copyFile(source, target, Progress.none()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("old");
  }
}
