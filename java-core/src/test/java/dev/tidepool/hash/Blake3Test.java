package dev.tidepool.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BLAKE3 against the official test vectors and against the implementation of Commons Codec. */
class Blake3Test {
  private static final long SEED = Seeds.seed();

  static List<Arguments> officialVectors() throws IOException {
    List<Arguments> vectors = new ArrayList<>();
    try (InputStream in = Blake3Test.class.getResourceAsStream("test_vectors.json")) {
      for (JsonNode each : JsonTree.read(in.readAllBytes()).get("cases")) {
        vectors.add(Arguments.of(each.get("input_len").intValue(), each.get("hash").textValue()));
      }
    }
    return vectors;
  }

  @ParameterizedTest
  @MethodSource("officialVectors")
  void officialVectorsAreMet(int length, String hash) {
    assertThat(hex(Inputs.counting(length))).isEqualTo(hash);
  }

  @Test
  void everyLengthAroundBlocksAndChunksAgreesWithAnotherImplementation() {
    byte[] input = Inputs.random(SEED, 6 * 1024 + 80);
    for (int length = 0; length < input.length; length++) {
      assertAgrees(input, length, new Blake3());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lengthsAroundTreeEdgesAgreeWithAnotherImplementation(boolean lanes) {
    byte[] input = Inputs.random(SEED, Group.BYTES * 5 / 2);
    TreeSet<Integer> lengths = new TreeSet<>();
    for (int edge = 8 * 1024; edge <= 2 * Group.BYTES; edge *= 2) {
      for (int near : new int[] {-1024, -1, 0, 1, 1024}) {
        lengths.add(edge + near);
        lengths.add(edge + edge / 2 + near);
      }
    }
    for (int chunks = 9; chunks <= 300; chunks += 17) {
      lengths.add(chunks * 1024);
    }
    Group group = group(lanes);
    for (int length : lengths) {
      if (length <= input.length) {
        assertAgrees(input, length, new Blake3(group));
      }
    }
  }

  @Test
  void randomSplitsAgreeWithTheWhole() {
    Random random = new Random(SEED);
    byte[] input = Inputs.random(SEED, 5 * Group.BATCH);
    for (int round = 0; round < 40; round++) {
      int length = random.nextInt(input.length);
      Blake3 split = new Blake3();
      int most = 1 + random.nextInt(round % 2 == 0 ? 3000 : 3 * Group.BATCH);
      for (int at = 0; at < length; ) {
        int piece = Math.min(length - at, random.nextInt(most + 1));
        split.update(input, at, piece);
        at += piece;
      }
      assertThat(split.digest())
          .as("seed %d, round %d, %d bytes", SEED, round, length)
          .isEqualTo(digest(Arrays.copyOf(input, length)));
    }
  }

  @Test
  void digestCanBeAskedAgainAndMoreCanFollow() {
    byte[] input = Inputs.random(SEED, 3 * Group.BATCH);
    Blake3 hash = new Blake3();
    for (int at = 0; at < input.length; at += Group.BATCH / 2) {
      hash.update(input, at, Group.BATCH / 2);
      byte[] expected = digest(Arrays.copyOf(input, at + Group.BATCH / 2));
      assertThat(hash.digest()).isEqualTo(expected);
      assertThat(hash.digest()).isEqualTo(expected);
    }
  }

  @Test
  void aMessageThatBrokeOffLeavesNothingBehind() {
    byte[] input = Inputs.random(SEED, 3 * Group.BATCH);
    Group group = group(true);
    group.take(ByteBuffer.wrap(input, Group.BATCH, Group.BATCH), 0, 0, 0);
    assertAgrees(input, input.length, new Blake3(group));
  }

  @Test
  void bytesOutsideTheArrayAreRefused() {
    Blake3 hash = new Blake3();
    assertThatThrownBy(() -> hash.update(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> hash.update(new byte[4], -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Groups in which lanes have won their contest, or never do. */
  private static Group group(boolean lanes) {
    // Every batch seems to take less time than the one before, or as much.
    AtomicLong asked = new AtomicLong();
    Contest contest = new Contest(() -> lanes ? quickening(asked.getAndIncrement()) : 0);
    Group group = new Group(contest);
    for (int i = 0; i < 8; i++) {
      group.value(ByteBuffer.allocate(Group.BYTES), 0);
    }
    assertThat(contest.won()).isEqualTo(lanes);
    return group;
  }

  private static long quickening(long asked) {
    return asked % 2 == 0 ? 0 : 1_000_000 - asked;
  }

  private static void assertAgrees(byte[] input, int length, Blake3 hash) {
    hash.update(input, 0, length);
    byte[] part = Arrays.copyOf(input, length);
    if (!Arrays.equals(hash.digest(), org.apache.commons.codec.digest.Blake3.hash(part))) {
      throw new AssertionError(length + " bytes of seed " + SEED + " disagree");
    }
  }

  private static String hex(byte[] input) {
    return HexFormat.of().formatHex(digest(input));
  }

  private static byte[] digest(byte[] input) {
    Blake3 hash = new Blake3();
    hash.update(input, 0, input.length);
    return hash.digest();
  }
}
