package dev.tidepool.harness.golden;

import java.util.Optional;

/**
 * How far an output may be from its golden.
 *
 * @param compared whether it is compared at all
 * @param maximumDifference for images in levels of 0 to 255 of any channel of any pixel; for
 *     numbers and tensors in their own unit
 * @param minimumSimilarity for images: the least structural similarity, see {@link Similarity}
 */
record Tolerance(
    boolean compared, Optional<Double> maximumDifference, Optional<Double> minimumSimilarity) {
  static final Tolerance EXACT = new Tolerance(true, Optional.empty(), Optional.empty());
  static final Tolerance IGNORED = new Tolerance(false, Optional.empty(), Optional.empty());

  boolean isExact() {
    return maximumDifference.isEmpty() && minimumSimilarity.isEmpty();
  }

  /** Whether a number may be this far off. */
  boolean allows(double difference) {
    return maximumDifference.map(most -> difference <= most).orElse(false);
  }

  /** Whether an image may be this far off; what is not named is not bounded. */
  boolean allows(double difference, double similarity) {
    if (isExact()) {
      return difference == 0;
    }
    return maximumDifference.map(most -> difference <= most).orElse(true)
        && minimumSimilarity.map(least -> similarity >= least).orElse(true);
  }
}
