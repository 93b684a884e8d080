package dev.tidepool.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHasherTest {
  @TempDir Path folder;

  @Test
  void tinyFileHasTheDigestsThatOthersCompute() throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.safetensors"), "hello");
    FileHasher hasher = new FileHasher(1);
    assertThat(hasher.full(file, bytes -> {}))
        .isEqualTo(
            new FileDigest(
                5,
                "ea8f163db38682925e4491c5e58d4bb3506ef8c14eb78a86e908c5624a67200f",
                "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
    assertThat(hasher.blake3(file, bytes -> {}))
        .isEqualTo("ea8f163db38682925e4491c5e58d4bb3506ef8c14eb78a86e908c5624a67200f");
  }

  @Test
  void missingFileAndFolderFail() {
    FileHasher hasher = new FileHasher(1);
    assertThatThrownBy(() -> hasher.quick(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> hasher.quick(folder)).isInstanceOf(FileSystemException.class);
  }

  @Test
  void fileThatGrowsMeanwhileFails() throws IOException {
    Path file = Files.write(folder.resolve("growing"), new byte[1 << 20]);
    assertThatThrownBy(() -> new FileHasher(1).full(file, bytes -> append(file)))
        .isInstanceOf(FileChangedException.class);
  }

  @Test
  void interruptStopsItAndStays() throws IOException {
    Path file = Files.write(folder.resolve("large"), new byte[1 << 20]);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> new FileHasher(1).quick(file))
          .isInstanceOf(ClosedByInterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void append(Path file) {
    try {
      Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
