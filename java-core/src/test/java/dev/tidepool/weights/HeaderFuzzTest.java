package dev.tidepool.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Seeds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage at random: a header tells something or nothing, and nothing else ever happens. {@code
 * -Dtidepool.fuzz.seconds=900} makes it go on for that long, {@code -Dtidepool.seed=…} from another
 * seed.
 */
class HeaderFuzzTest {
  private static final int ROUNDS = 500;
  private static final long SEED = Seeds.seed();
  private static final Duration EXTENT =
      Duration.ofSeconds(Long.getLong("tidepool.fuzz.seconds", 0L));

  /** Far more than any of these small files takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "\\",
          "\\u0000",
          "null",
          "1e999",
          "-1",
          "[[[[[[[[",
          "{\"__metadata__\":{",
          "\"dtype\":\"BF16\"",
          "\"shape\":[9223372036854775807,2]",
          "\u0000\u0000\u0000\u0000",
          "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
          "\u0009\u0000\u0000\u0000",
          "\u0008\u0000\u0000\u0000",
          "GGUF");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @Test
  void damagedHeadersTellSomethingOrNothing() throws IOException {
    List<byte[]> samples = samples();
    long start = System.nanoTime();
    long present = 0;
    long rounds = 0;
    while (rounds < ROUNDS || System.nanoTime() - start < EXTENT.toNanos()) {
      long seed = SEED + rounds++;
      Random random = new Random(seed);
      byte[] damaged = damaged(samples.get(random.nextInt(samples.size())), random);
      present += tells(damaged, seed) ? 1 : 0;
    }
    assertThat(present).as("of %d headers", rounds).isBetween(1L, rounds - 1);
  }

  private boolean tells(byte[] content, long seed) {
    // Of the processor, not of the clock: the machine may have other things to do.
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      Path file = Files.write(folder.resolve("model"), content);
      Optional<WeightsHeader> header = WeightsHeaders.read(file);
      header.ifPresent(HeaderFuzzTest::assertSane);
      assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start)).isLessThan(PATIENCE);
      return header.isPresent();
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError("-Dtidepool.seed=" + seed, e);
    }
  }

  private static void assertSane(WeightsHeader header) {
    assertThat(header.tensors()).isNotNegative();
    assertThat(header.triggerWords()).hasSizeLessThanOrEqualTo(WeightsHeaders.MOST_WORDS);
    assertThat(header.title().orElse("x")).isNotBlank();
    assertThat(header.title().orElse("").length()).isLessThanOrEqualTo(Metadata.LONGEST);
    assertThat(header.kind().orElse("x")).isNotBlank();
  }

  private static List<byte[]> samples() {
    return List.of(
        ModelBytes.safetensors(
            "\"ss_network_module\":\"networks.lora\",\"ss_output_name\":\"sea\","
                + "\"modelspec.architecture\":\"sdxl/lora\",\"other\":{\"a\":[1,{\"b\":null}]},"
                + "\"ss_tag_frequency\":\"{\\\"10_sea\\\":{\\\"wave\\\":7}}\"",
            "lora_unet_a.lora_down.weight",
            "model.diffusion_model.input_blocks.0.0.weight",
            "decoder.conv_in.weight"),
        ModelBytes.safetensors("{}"),
        ModelBytes.gguf(3, 5)
            .pair("general.architecture", "flux")
            .pair("general.name", "Sea")
            .text("t")
            .i32(9)
            .i32(8)
            .i64(3)
            .text("a")
            .text("b")
            .text("")
            .text("n")
            .i32(9)
            .i32(9)
            .i64(1)
            .i32(4)
            .i64(2)
            .i32(1)
            .i32(2)
            .text("f")
            .i32(12)
            .i64(0)
            .tensor("double_blocks.0.x", 12, 64, 64)
            .tensor("token_embd.weight", 1, 32000, 8)
            .tensor("b", 0)
            .toArray());
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> spliced(bytes, at, piece(random), 0);
            case 1 -> spliced(bytes, at, piece(random), random.nextInt(16));
            case 2 -> spliced(bytes, at, new byte[0], random.nextInt(64));
            case 3 -> spliced(bytes, at, part(bytes, random), 0);
            default -> changed(bytes, at, random);
          };
      if (bytes.length == 0) {
        return bytes;
      }
      if (random.nextInt(3) > 0 && bytes.length >= 8 && bytes[0] != 'G') {
        mendLength(bytes);
      }
    }
    return bytes;
  }

  /** Lets a header of safetensors end with the file, so that its damage is met at all. */
  private static void mendLength(byte[] bytes) {
    long length = bytes.length - 8L;
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (length >>> (8 * i));
    }
  }

  private static byte[] piece(Random random) {
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    int times = random.nextInt(20) == 0 ? 1 + random.nextInt(5000) : 1;
    return piece.repeat(times).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] part(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(200)));
  }

  private static byte[] changed(byte[] bytes, int at, Random random) {
    bytes[at] =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> (byte) 0xff;
          case 2 -> (byte) (bytes[at] ^ (1 << random.nextInt(8)));
          default -> (byte) random.nextInt();
        };
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] piece, int removed) {
    int rest = Math.min(bytes.length, at + removed);
    byte[] result = Arrays.copyOf(bytes, at + piece.length + bytes.length - rest);
    System.arraycopy(piece, 0, result, at, piece.length);
    System.arraycopy(bytes, rest, result, at + piece.length, bytes.length - rest);
    return result;
  }
}
