package dev.tidepool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolFileTest {
  private static final long SEED = 20260301;
  private static final String ALPHABET = "abz09 ._-()äé漢🐚\"\\\t{}[]";

  private final PoolFile file = new PoolFile();

  @Test
  void theFormatIsOneSlotPerLineAndLeavesDefaultsOut() throws IOException {
    PoolState state =
        new PoolState(
            7,
            "sea.png",
            List.of(StoredSlot.fresh("sea.png"), new StoredSlot("dune.jpg", "Dunes", false)),
            null);

    assertThat(new String(file.write(state), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"version":1,"changes":7,"active":"sea.png","slots":[
            {"name":"sea.png"},
            {"name":"dune.jpg","label":"Dunes","enabled":false}]}\
            """);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      PoolState state = arbitrary(random);

      assertThat(file.read(file.write(state))).as("seed %d round %d", SEED, round).isEqualTo(state);
    }
  }

  @Test
  void aMutatedFileIsReadOrDamagedAndNothingElse() throws IOException {
    Random random = new Random(SEED);
    byte[] whole = file.write(arbitrary(new Random(1)));
    for (int round = 0; round < 5000; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(file.read(bytes).slots()).allMatch(slot -> ImageNames.plain(slot.name()));
      } catch (PoolFile.Damaged | TidepoolException expected) {
        assertThat(expected.getMessage()).as("seed %d round %d", SEED, round).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{} {}",
        "{\"slots\":{}}",
        "{\"slots\":[1]}",
        "{\"slots\":[{}]}",
        "{\"slots\":[{\"name\":\"../x.png\"}]}",
        "{\"slots\":[{\"name\":\"a\\\\b.png\"}]}",
        "{\"slots\":[{\"name\":5}]}",
        "{\"changes\":\"x\"}",
        "{\"changes\":99999999999999999999}",
        "{\"active\":[]}",
        "{\"removal\":{\"place\":\"../x\",\"names\":[]}}",
        "{\"removal\":{\"place\":\"1\",\"names\":[\"../x\"]}}",
        "{\"removal\":{\"place\":\"1\",\"names\":[\"x\"],\"as\":[\"../x\"]}}",
        "{\"removal\":{\"place\":\"1\",\"names\":[\"x\"],\"as\":[]}}",
      })
  void whatIsNoPoolFileIsDamaged(String text) {
    assertThatExceptionOfType(PoolFile.Damaged.class)
        .isThrownBy(() -> file.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"version\":1,\"later\":{\"deep\":[1,{}]},\"slots\":[]}",
        "{\"version\":1,\"slots\":[{\"name\":\"a.png\",\"colour\":[\"red\"]}],\"active\":null}",
      })
  void unknownFieldsArePassedOver(String text) throws IOException {
    assertThat(file.read(text.getBytes(StandardCharsets.UTF_8)).active()).isNull();
  }

  private static PoolState arbitrary(Random random) {
    List<StoredSlot> slots = new ArrayList<>();
    for (int i = 0; i < random.nextInt(20); i++) {
      String name = i + text(random).replace('\\', '_').replace('/', '_') + ".png";
      slots.add(
          new StoredSlot(name, random.nextBoolean() ? text(random) : null, random.nextBoolean()));
    }
    PoolState.Removal removal =
        switch (random.nextInt(4)) {
          case 0 -> new PoolState.Removal("1700000000000", List.of("x.png"));
          case 1 -> new PoolState.Removal("1700000000000", List.of("x.png"), List.of("y.png"));
          default -> null;
        };
    String active = random.nextBoolean() ? text(random) : null;
    return new PoolState(random.nextInt(1000), active, slots, removal);
  }

  private static String text(Random random) {
    int[] letters = ALPHABET.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < random.nextInt(12); i++) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }
}
