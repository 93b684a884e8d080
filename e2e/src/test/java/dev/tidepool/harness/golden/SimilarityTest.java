package dev.tidepool.harness.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarityTest {
  private static final int WIDTH = 19;
  private static final int HEIGHT = 14;

  /** The generator of the reference, an implementation in NumPy of the paper's formula as it is. */
  private static double[] noise(long seed) {
    double[] plane = new double[WIDTH * HEIGHT];
    long state = seed;
    for (int i = 0; i < plane.length; i++) {
      state = (state * 1_103_515_245L + 12_345) % (1L << 31);
      plane[i] = (double) (state >> 16 & 0xff);
    }
    return plane;
  }

  @Test
  void agreesWithTheReference() {
    double[] one = noise(1);
    double[] other = noise(2);
    double[] near = new double[one.length];
    double[] inverse = new double[one.length];
    for (int i = 0; i < one.length; i++) {
      near[i] = Math.max(0, Math.min(255, one[i] + (other[i] - 128) / 8));
      inverse[i] = 255 - one[i];
    }
    assertThat(Similarity.of(one, near, WIDTH, HEIGHT)).isCloseTo(0.9895925396282887, within(1e-9));
    assertThat(Similarity.of(one, inverse, WIDTH, HEIGHT))
        .isCloseTo(-0.9712960288797208, within(1e-9));
    assertThat(Similarity.of(one, other, WIDTH, HEIGHT))
        .isCloseTo(0.11251803954044932, within(1e-9));
  }

  @Test
  void ofTwoPlainImagesIsTheLuminanceTerm() {
    double[] dark = new double[400];
    double[] bright = new double[400];
    Arrays.fill(dark, 100);
    Arrays.fill(bright, 120);
    double c1 = 6.5025;
    double expected = (2 * 100 * 120 + c1) / (100 * 100 + 120 * 120 + c1);
    assertThat(Similarity.of(dark, bright, 20, 20)).isCloseTo(expected, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,40", "40,3", "11,11", "10,12", "64,48"})
  void isOneForEqualAndSymmetricAndLessForOthersInAnySize(int width, int height) {
    Random random = new Random(width * 1000L + height);
    double[] one = random.doubles((long) width * height, 0, 255).toArray();
    double[] other = random.doubles((long) width * height, 0, 255).toArray();
    double similarity = Similarity.of(one, other, width, height);
    assertThat(Similarity.of(one, one.clone(), width, height)).isCloseTo(1, within(1e-9));
    assertThat(Similarity.of(other, one, width, height)).isCloseTo(similarity, within(1e-12));
    assertThat(similarity).isLessThan(1).isGreaterThanOrEqualTo(-1);
  }

  @Test
  void fallsWithTheStrengthOfTheNoise() {
    double[] one = noise(1);
    double[] disturbance = noise(2);
    double last = 1;
    for (int strength = 1; strength <= 64; strength *= 2) {
      double[] other = new double[one.length];
      for (int i = 0; i < one.length; i++) {
        other[i] = one[i] + (disturbance[i] - 128) * strength / 64;
      }
      double similarity = Similarity.of(one, other, WIDTH, HEIGHT);
      assertThat(similarity).isLessThan(last);
      last = similarity;
    }
  }

  @Test
  void seesWhatOnlyTransparencyChanges() {
    Pixels opaque = Pixels.of(Samples.image(20, 20, (x, y) -> 0xff808080));
    Pixels holed = Pixels.of(Samples.image(20, 20, (x, y) -> x < 10 ? 0xff808080 : 0x20808080));
    assertThat(Similarity.of(opaque, holed)).isLessThan(0.9);
  }
}
