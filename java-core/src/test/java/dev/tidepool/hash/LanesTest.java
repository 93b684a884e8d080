package dev.tidepool.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes against one block at a time. */
class LanesTest {
  private static final long SEED = Seeds.seed();
  private static final int CHUNK_WORDS = 256;
  private static final int VALUE_WORDS = 8;

  private final Random random = new Random(SEED);
  private final Lanes lanes = new Lanes();

  @ParameterizedTest
  @ValueSource(longs = {0, 1024, (1L << 32) - 5, (1L << 40) + 77})
  void chunksAreHashedAsSinglyWhateverTheirNumber(long counter) {
    int[] words = random.ints((long) Lanes.LANES * CHUNK_WORDS).toArray();
    int[] values = new int[Lanes.LANES * VALUE_WORDS];
    lanes.chunks(words, counter, Lanes.LANES, values, 0);
    for (int lane = 0; lane < Lanes.LANES; lane++) {
      assertThat(value(values, lane))
          .as("seed %d, lane %d", SEED, lane)
          .isEqualTo(chunk(words, lane, counter + lane));
    }
  }

  @Test
  void onlyTheValuesThatCountAreStored() {
    int[] values = new int[40 * VALUE_WORDS];
    lanes.chunks(new int[Lanes.LANES * CHUNK_WORDS], 0, 33, values, 2 * VALUE_WORDS);
    assertThat(value(values, 1)).containsOnly(0);
    assertThat(value(values, 35)).containsOnly(0);
    assertThat(value(values, 34)).isEqualTo(chunk(new int[CHUNK_WORDS], 0, 32));
  }

  @Test
  void parentsAreJoinedAsSingly() {
    int[] values = random.ints(4L * Lanes.LANES * VALUE_WORDS).toArray();
    int[] before = values.clone();
    lanes.parents(values, 0, Lanes.LANES);
    lanes.parents(values, Lanes.LANES * VALUE_WORDS, Lanes.LANES);
    for (int pair = 0; pair < 2 * Lanes.LANES; pair++) {
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
