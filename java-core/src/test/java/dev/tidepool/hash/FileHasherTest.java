package dev.tidepool.hash;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileHasherTest {
  private static final long WINDOW = 15L * 1024 * 1024;

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
  void digestsInTheDocumentationAreTrue() throws IOException {
    Path file = Files.writeString(folder.resolve("hello"), "hello");
    FileHasher hasher = new FileHasher(1);
    FileDigest digest = hasher.full(file, bytes -> {});
    Path page = Path.of("..", "docs", "reference", "model-keys.md");
    assertThat(Files.readString(page))
        .contains("`" + hasher.quick(file) + "`")
        .contains("`" + digest.blake3() + "`")
        .contains("`" + digest.sha256() + "`");
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void filesOfAllSizesAgreeWithTheDigestOfTheirBytes(int threads) throws Exception {
    FileHasher hasher = new FileHasher(threads);
    for (int size : new int[] {0, 1, 1024, 1 << 20, (1 << 20) + 1, 2 << 20, (7 << 20) + 12_345}) {
      byte[] bytes = Inputs.random(size, size);
      Path file = Files.write(folder.resolve("file"), bytes);
      AtomicLong read = new AtomicLong();
      String blake3 = hex(org.apache.commons.codec.digest.Blake3.hash(bytes));
      assertThat(hasher.blake3(file, read::addAndGet)).as("%d bytes", size).isEqualTo(blake3);
      assertThat(read).hasValue(size);
      read.set(0);
      String sha256 = hex(MessageDigest.getInstance("SHA-256").digest(bytes));
      assertThat(hasher.full(file, read::addAndGet))
          .isEqualTo(new FileDigest(size, blake3, sha256));
      assertThat(read).hasValue(size);
    }
  }

  @Test
  void quickKeyOfASmallFileIsOverItsSizeAndAllOfIt() throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.safetensors"), "hello");
    assertThat(new FileHasher(1).quick(file)).isEqualTo("636da73294eca212");
  }

  @ParameterizedTest
  @ValueSource(longs = {3 * WINDOW, 3 * WINDOW + 1, 60_000_001})
  void quickKeyIsOverTheSizeAndThreeWindows(long size) throws IOException {
    Path file = folder.resolve("large.safetensors");
    byte[] some = Inputs.random(size, 1 << 20);
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      for (long at = 0; at < size; at += 7 << 20) {
        channel.write(ByteBuffer.wrap(some, 0, (int) Math.min(some.length, size - at)), at);
      }
      channel.write(ByteBuffer.wrap(some, 0, 1), size - 1);
    }
    Blake3 expected = new Blake3();
    byte[] digits = Long.toString(size).getBytes(StandardCharsets.US_ASCII);
    expected.update(digits, 0, digits.length);
    List<Long> starts =
        size <= 3 * WINDOW
            ? List.of(0L, WINDOW, 2 * WINDOW)
            : List.of(0L, size / 2 - WINDOW / 2, size - WINDOW);
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] window = new byte[(int) WINDOW];
      for (long start : starts) {
        in.seek(start);
        in.readFully(window);
        expected.update(window, 0, window.length);
      }
    }
    String key = hex(expected.digest()).substring(0, 16);
    assertThat(new FileHasher(1).quick(file)).isEqualTo(key);
    assertThat(new FileHasher(2).quick(file)).isEqualTo(key);
  }

  @Test
  void changeBetweenTheWindowsKeepsTheQuickKeyAndChangesTheFullOne() throws IOException {
    FileHasher hasher = new FileHasher(2);
    Path file = folder.resolve("sparse");
    set(file, 60 << 20, 1);
    FileDigest before = hasher.full(file, bytes -> {});
    String quick = hasher.quick(file);
    set(file, 20 << 20, 1);
    assertThat(hasher.quick(file)).isEqualTo(quick);
    assertThat(hasher.full(file, bytes -> {}).blake3()).isNotEqualTo(before.blake3());
    set(file, 30 << 20, 1);
    assertThat(hasher.quick(file)).isNotEqualTo(quick);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fileThatShrinksMeanwhileFails(int threads) throws IOException {
    Path file = Files.write(folder.resolve("shrinking"), new byte[6 << 20]);
    FileHasher hasher = new FileHasher(threads);
    assertThatThrownBy(() -> hasher.full(file, bytes -> cut(file, 99)))
        .isInstanceOf(FileChangedException.class);
    Files.write(file, new byte[6 << 20]);
    assertThatThrownBy(() -> hasher.blake3(file, bytes -> cut(file, 99)))
        .isInstanceOf(FileChangedException.class)
        .hasMessageContaining("shrinking");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void interruptStopsItAndStays(int threads) throws IOException {
    Path file = Files.write(folder.resolve("large"), new byte[8 << 20]);
    FileHasher hasher = new FileHasher(threads);
    LongConsumer interrupt = bytes -> Thread.currentThread().interrupt();
    assertInterrupted(() -> hasher.full(file, interrupt));
    Thread caller = Thread.currentThread();
    assertInterrupted(() -> hasher.blake3(file, bytes -> caller.interrupt()));
    caller.interrupt();
    assertInterrupted(() -> hasher.quick(file));
    assertThat(hasher.quick(file)).hasSize(16);
  }

  private static void assertInterrupted(ThrowingCallable work) {
    try {
      assertThatThrownBy(work).isInstanceOf(ClosedByInterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static void set(Path file, long at, int value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
    }
  }

  private static void cut(Path file, long size) {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new AssertionError(e);
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
