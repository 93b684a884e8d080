package dev.tidepool.toml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tomlj.TomlParseResult;

/** Damaged documents: an error that says what, or the same values as another library reads. */
class TomlFuzzTest {
  private static final String BITS = "[]{}=.,#\"'\\\n\r\t 019_-+:eEtTzZuxob\u0000\u00fc";

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damageIsNamedOrReadAsOthersReadIt(int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      String text = random.nextBoolean() ? new RandomToml(random).text() : sample(random);
      String damaged = damaged(text, random);
      try {
        Map<?, ?> read = new TomlParser(damaged, "seed " + seed).read().root();
        TomlParseResult other = Oracle.parse(damaged);
        if (!other.hasErrors()) {
          assertThat(read.toString())
              .as("seed " + seed + "\n" + damaged)
              .hasSameSizeAs(Oracle.plain(other).toString());
        }
      } catch (TidepoolException e) {
        assertThat(e.code()).isEqualTo("toml-invalid");
      }
    }
  }

  @Test
  void bytesThatAreNoTextAreRefusedOrRead() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        new TomlParser(new String(bytes, StandardCharsets.UTF_8), "bytes").read();
      } catch (TidepoolException e) {
        assertThat(e.code()).isEqualTo("toml-invalid");
      }
    }
  }

  private static String sample(Random random) throws IOException {
    String name = random.nextBoolean() ? "two-workflows" : "one-node";
    return Files.readString(Path.of("src/test/resources/manifest").resolve(name + ".toml"));
  }

  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = 1 + random.nextInt(3); i > 0 && damaged.length() > 2; i--) {
      int at = random.nextInt(damaged.length() - 1);
      int length = Math.min(damaged.length() - at, 1 + random.nextInt(6));
      char bit = BITS.charAt(random.nextInt(BITS.length()));
      switch (random.nextInt(4)) {
        case 0 -> damaged.delete(at, at + length);
        case 1 -> damaged.insert(at, bit);
        case 2 -> damaged.setCharAt(at, bit);
        default -> damaged.insert(at, damaged.substring(at, at + length));
      }
    }
    return damaged.toString();
  }
}
