package dev.tidepool.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  private static final int KILLS = 15;
  private static final int LONGEST_LIFE_MICROS = 30_000;
  private static final int SIZE = 1 << 20;
  private static final long SEED = Seeds.seed();

  @TempDir Path folder;

  @AfterEach
  void calmDown() {
    Thread.interrupted();
  }

  @Test
  void aWriteMakesTheFileAndReplacesIt() throws IOException {
    Path file = folder.resolve("file");

    AtomicFiles.write(file, new byte[] {1, 2, 3});
    AtomicFiles.write(file, new byte[] {4});

    assertThat(file).hasBinaryContent(new byte[] {4});
    assertThat(Folders.children(folder)).containsExactly(file);
  }

  @Test
  void whoeverHasTheOldFileKeepsItsContent() throws IOException {
    Path file = folder.resolve("file");
    AtomicFiles.write(file, new byte[] {1, 2, 3});
    Path same = Files.createLink(folder.resolve("same"), file);

    AtomicFiles.write(file, new byte[] {4});

    assertThat(same).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void aLeftoverOfAKilledWriteIsNoHindrance() throws IOException {
    Path file = folder.resolve("file");
    Files.write(AtomicFiles.temporary(file), new byte[99]);

    AtomicFiles.write(file, new byte[] {4});

    assertThat(file).hasBinaryContent(new byte[] {4});
    assertThat(Folders.children(folder)).containsExactly(file);
  }

  @Test
  void aWriteThatFailsLeavesTheOldContent() throws IOException {
    Path blocked = folder.resolve("file");
    Files.createDirectories(blocked.resolve("inside"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AtomicFiles.write(blocked, new byte[] {4}));

    assertThat(blocked.resolve("inside")).isDirectory();
    assertThat(Folders.children(folder)).containsExactly(blocked);
  }

  @Test
  void anInterruptDoesNotCutAWrite() throws IOException {
    Path file = folder.resolve("file");
    Thread.currentThread().interrupt();

    AtomicFiles.write(file, new byte[] {4});

    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasBinaryContent(new byte[] {4});
  }

  @Test
  void aKilledWriteLeavesTheOldContentOrTheNew() throws Exception {
    Path file = folder.resolve("file");
    AtomicFiles.write(file, content(0));
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      try (ChildJvm child = ChildJvm.start(Writer.class, file)) {
        child.expect("ready");
        child
            .ended()
            .completeOnTimeout(null, random.nextInt(LONGEST_LIFE_MICROS), TimeUnit.MICROSECONDS)
            .join();
        child.kill();
        assertThat(child.exitCode()).isNotZero();
      }
      byte[] found = Files.readAllBytes(file);
      assertThat(found).as("seed %d, kill %d", SEED, i).isEqualTo(content(found[0]));
      assertThat(Folders.children(folder)).isSubsetOf(List.of(AtomicFiles.temporary(file), file));
    }
  }

  /** Many bytes of one value. */
  private static byte[] content(int value) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Writes the file again and again. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      System.out.println("ready");
      for (int i = 1; true; i++) {
        AtomicFiles.write(file, content(i % 100));
      }
    }
  }
}
