package dev.tidepool.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that lie: they cost little and tell nothing, or what is true in them. */
class HostileHeadersTest {
  private static final String TENSOR = "{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {3, 100_000_001, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1})
  void lyingLengthTellsNothing(long length) throws IOException {
    byte[] file = ModelBytes.safetensors("{\"a\":" + TENSOR + "}");
    assertThat(read(file)).isPresent();
    ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    assertThat(read(file)).isEmpty();
  }

  @Test
  void lyingLengthInAHugeFileIsNotReadToItsEnd() throws IOException {
    Path file = Files.write(folder.resolve("sparse"), ModelBytes.safetensors("{\"a\":["));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 1L << 40);
    }
    assertThat(WeightsHeaders.read(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "{\"a\":7}",
        "{\"__metadata__\":7}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[-1]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[1.5]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[99999999999999999999]}}",
        "{\"a\":{\"dtype\":\"a word\",\"shape\":[1]}}",
        "{\"a\":{\"shape\":[1]}}",
        "{} {}",
        "{\"a\":",
        "{\"a\":{\"dtype\":\"F16\"",
        "{\u0000}",
      })
  void anythingThatIsNotLaidOutAsSafetensorsTellsNothing(String json) throws IOException {
    assertThat(read(ModelBytes.safetensors(json))).isEmpty();
  }

  @Test
  void deepJsonTellsNothing() throws IOException {
    for (String opening : new String[] {"[", "{\"a\":"}) {
      String deep = opening.repeat(2_000_000);
      assertThat(read(ModelBytes.safetensors(deep))).isEmpty();
      assertThat(read(ModelBytes.safetensors("{\"a\":{\"x\":" + deep))).isEmpty();
      assertThat(read(ModelBytes.safetensors("{\"__metadata__\":{\"x\":" + deep))).isEmpty();
    }
  }

  @Test
  void jsonMayBeDeeperThanNeededAndNoDeeper() throws IOException {
    assertThat(read(nested(20))).isPresent();
    assertThat(read(nested(40))).isEmpty();
  }

  private static byte[] nested(int depth) {
    String lists = "[".repeat(depth) + "]".repeat(depth);
    return ModelBytes.safetensors("{\"a\":{\"dtype\":\"F16\",\"other\":" + lists + "}}");
  }

  @Test
  void deepTagsAreNoTriggerWords() throws IOException {
    String deep = "[".repeat(1_000_000);
    byte[] file = ModelBytes.safetensors("\"ss_tag_frequency\":\"" + deep + "\"", "a");
    assertThat(read(file).orElseThrow().triggerWords()).isEmpty();
  }

  @Test
  void sameNameTwiceIsHarmless() throws IOException {
    String json =
        "{\"__metadata__\":{\"ss_output_name\":\"one\",\"ss_output_name\":\"two\"},\"a\":"
            + TENSOR
            + ",\"a\":"
            + TENSOR
            + ",\"__metadata__\":{}}";
    WeightsHeader header = read(ModelBytes.safetensors(json)).orElseThrow();
    assertThat(header.title()).contains("two");
    assertThat(header.tensors()).isEqualTo(2);
  }

  @Test
  void hugeTextsAreNotKept() throws IOException {
    String huge = "x".repeat(3_000_000);
    byte[] file =
        ModelBytes.safetensors(
            "\"modelspec.title\":\"" + huge + "\",\"other\":\"" + huge + "\"", "x");
    assertThat(read(file).orElseThrow().title()).isEmpty();
    assertThat(read(ModelBytes.safetensors("{\"" + huge + "\":" + TENSOR + "}"))).isEmpty();
  }

  @Test
  void sidesBeyondAllNumbersAreTheLargestNumber() throws IOException {
    String huge = "{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4611686018427387904]}";
    String small = "{\"dtype\":\"F16\",\"shape\":[9]}";
    byte[] file =
        ModelBytes.safetensors("{\"a\":" + huge + ",\"b\":" + huge + ",\"c\":" + small + "}");
    assertThat(read(file).orElseThrow().precision()).contains("F32");
  }

  @Test
  void manyTypesOfNumbersAreNotAllKept() throws IOException {
    StringBuilder json = new StringBuilder("{\"a\":" + TENSOR);
    for (int i = 0; i < 5000; i++) {
      json.append(",\"t").append(i).append("\":{\"dtype\":\"X").append(i).append("\"}");
    }
    WeightsHeader header = read(ModelBytes.safetensors(json + "}")).orElseThrow();
    assertThat(header.tensors()).isEqualTo(5001);
  }

  @Test
  void malformedTextIsReplaced() throws IOException {
    byte[] file = ModelBytes.safetensors("\"ss_output_name\":\"a?b\"", "x");
    byte[] bytes = file.clone();
    bytes[new String(file, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xff;
    assertThat(read(bytes).orElseThrow().title()).contains("a\ufffdb");
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 1L << 40, Long.MAX_VALUE, -1})
  void ggufWithLyingNumbersTellsNothing(long number) throws IOException {
    assertThat(read(ModelBytes.gguf(number, 0).tensor("a", 0, 1).toArray())).isEmpty();
    assertThat(read(ModelBytes.gguf(0, number).pair("a", "b").toArray())).isEmpty();
    assertThat(read(ModelBytes.gguf(0, 1).i64(number).toArray())).isEmpty();
    assertThat(read(ModelBytes.gguf(0, 1).text("k").i32(8).i64(number).toArray())).isEmpty();
    for (int type : new int[] {0, 8, 9, 12}) {
      ModelBytes array = ModelBytes.gguf(0, 1).text("k").i32(9).i32(type).i64(number);
      assertThat(read(array.toArray())).isEmpty();
    }
  }

  @Test
  void ggufListsInListsTellNothingWhenDeep() throws IOException {
    ModelBytes deep = ModelBytes.gguf(0, 1).text("k").i32(9);
    for (int i = 0; i < 200_000; i++) {
      deep.i32(9).i64(1);
    }
    assertThat(read(deep.i32(0).i64(0).toArray())).isEmpty();
  }

  @Test
  void ggufOfUnknownVersionsTypesAndSidesTellsNothing() throws IOException {
    byte[] file = ModelBytes.gguf(0, 0).toArray();
    assertThat(read(file)).isPresent();
    file[4] = 1;
    assertThat(read(file)).isEmpty();
    assertThat(read(ModelBytes.gguf(0, 1).text("k").i32(13).i64(0).toArray())).isEmpty();
    assertThat(read(ModelBytes.gguf(0, 1).text("k").i32(-1).i64(0).toArray())).isEmpty();
    assertThat(read(ModelBytes.gguf(1, 0).tensor("a", 0, new long[9]).toArray())).isEmpty();
    assertThat(read(ModelBytes.gguf(1, 0).tensor("a", 0, -5).toArray())).isEmpty();
  }

  @Test
  void truncationAtEveryByteTellsNothing() throws IOException {
    byte[] gguf = ModelBytes.gguf(1, 1).pair("general.name", "a").tensor("x", 1, 2, 3).toArray();
    byte[] safetensors = ModelBytes.safetensors("\"ss_output_name\":\"a\"", "x");
    for (byte[] whole : new byte[][] {gguf, safetensors}) {
      assertThat(read(whole)).isPresent();
      for (int length = 0; length < whole.length; length++) {
        assertThat(read(Arrays.copyOf(whole, length))).as("%d bytes", length).isEmpty();
      }
    }
  }

  private Optional<WeightsHeader> read(byte[] content) throws IOException {
    return WeightsHeaders.read(Files.write(folder.resolve("model"), content));
  }
}
