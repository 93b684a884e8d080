package dev.tidepool.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes against one block at a time. */
class LanesTest {
  private static final long SEED = Seeds.seed();
  private static final int CHUNK_WORDS = 256;
  private static final int VALUE_WORDS = 8;

  private final Random random = new Random(SEED);
  private final Lanes lanes = new Lanes();

  @ParameterizedTest
  @CsvSource({
    "0, 1024",
    "1024, 1023",
    "4294967291, 513",
    "1099511627853, 128",
    "7, 33",
    "7, 16",
    "7, 1"
  })
  void chunksAreHashedAsSinglyWhateverTheirNumber(long counter, int count) {
    int[] words = random.ints((long) count * CHUNK_WORDS).toArray();
    int[] values = new int[count * VALUE_WORDS];
    lanes.load(words, 0, count);
    lanes.chunks(counter, count, values, 0);
    for (int lane = 0; lane < count; lane++) {
      assertThat(value(values, lane))
          .as("seed %d, lane %d", SEED, lane)
          .isEqualTo(chunk(words, lane, counter + lane));
    }
  }

  @Test
  void chunksCanBeLoadedPartByPart() {
    int[] words = random.ints(130L * CHUNK_WORDS).toArray();
    int[] values = new int[130 * VALUE_WORDS];
    lanes.load(words, 0, 100);
    lanes.load(Arrays.copyOfRange(words, 100 * CHUNK_WORDS, words.length), 100, 30);
    lanes.chunks(5, 130, values, 0);
    assertThat(value(values, 99)).isEqualTo(chunk(words, 99, 104));
    assertThat(value(values, 100)).isEqualTo(chunk(words, 100, 105));
    assertThat(value(values, 129)).isEqualTo(chunk(words, 129, 134));
  }

  @Test
  void onlyTheValuesThatCountAreStored() {
    int[] values = new int[40 * VALUE_WORDS];
    lanes.load(new int[40 * CHUNK_WORDS], 0, 40);
    lanes.chunks(0, 33, values, 2 * VALUE_WORDS);
    assertThat(value(values, 1)).containsOnly(0);
    assertThat(value(values, 35)).containsOnly(0);
    assertThat(value(values, 34)).isEqualTo(chunk(new int[CHUNK_WORDS], 0, 32));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 511, 33, 1})
  void parentsAreJoinedAsSingly(int count) {
    int[] values = random.ints(2L * count * VALUE_WORDS).toArray();
    int[] before = values.clone();
    lanes.chunks(77, count, new int[count * VALUE_WORDS], 0);
    lanes.parents(values, count);
    for (int pair = 0; pair < count; pair++) {
      int[] parent = Compression.start();
      Compression.compress(parent, before, pair * 16, 0, 64, Compression.PARENT);
      assertThat(value(values, pair)).as("seed %d, pair %d", SEED, pair).isEqualTo(parent);
    }
  }

  private static int[] chunk(int[] words, int index, long counter) {
    int[] value = Compression.start();
    for (int block = 0; block < 16; block++) {
      int flags = (block == 0 ? 1 : 0) | (block == 15 ? 2 : 0);
      Compression.compress(value, words, index * CHUNK_WORDS + block * 16, counter, 64, flags);
    }
    return value;
  }

  private static int[] value(int[] values, int index) {
    return Arrays.copyOfRange(values, index * VALUE_WORDS, (index + 1) * VALUE_WORDS);
  }
}
