package dev.tidepool.harness.golden;

/**
 * The mean structural similarity index of two images of equal size: Z. Wang, A. C. Bovik, H. R.
 * Sheikh, E. P. Simoncelli, "Image quality assessment: from error visibility to structural
 * similarity", IEEE Transactions on Image Processing 13(4), 2004. As there: a Gaussian window of 11
 * x 11 with a standard deviation of 1.5, K1 = 0.01, K2 = 0.03, L = 255, taken where the whole
 * window lies in the image. In an image narrower or lower than the window, the window shrinks to
 * it.
 */
final class Similarity {
  private static final int WINDOW = 11;
  private static final double DEVIATION = 1.5;
  private static final double C1 = Math.pow(0.01 * 255, 2);
  private static final double C2 = Math.pow(0.03 * 255, 2);

  private Similarity() {}

  /** Of luminance; where transparency differs, the least of luminance and alpha. */
  static double of(Pixels one, Pixels other) {
    double luminance = of(one.luminance(), other.luminance(), one.width(), one.height());
    double alpha = of(one.alpha(), other.alpha(), one.width(), one.height());
    return Math.min(luminance, alpha);
  }

  /** Of two planes of levels of 0 to 255, row by row: 1 when they are equal, less otherwise. */
  static double of(double[] one, double[] other, int width, int height) {
    double[] meanOne = blur(one, width, height);
    double[] meanOther = blur(other, width, height);
    double[] squareOne = blur(product(one, one), width, height);
    double[] squareOther = blur(product(other, other), width, height);
    double[] both = blur(product(one, other), width, height);
    double sum = 0;
    for (int i = 0; i < both.length; i++) {
      double means = meanOne[i] * meanOther[i];
      double squares = meanOne[i] * meanOne[i] + meanOther[i] * meanOther[i];
      double variances = squareOne[i] + squareOther[i] - squares;
      double covariance = both[i] - means;
      sum += (2 * means + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
    return sum / both.length;
  }

  private static double[] product(double[] one, double[] other) {
    double[] result = new double[one.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = one[i] * other[i];
    }
    return result;
  }

  /** Weighs with the window, along rows and then along columns, which is the same and faster. */
  private static double[] blur(double[] plane, int width, int height) {
    double[] across = window(width);
    double[] down = window(height);
    int columns = width - across.length + 1;
    int rows = height - down.length + 1;
    double[] half = new double[columns * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int i = 0; i < across.length; i++) {
          sum += across[i] * plane[y * width + x + i];
        }
        half[y * columns + x] = sum;
      }
    }
    double[] result = new double[columns * rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int i = 0; i < down.length; i++) {
          sum += down[i] * half[(y + i) * columns + x];
        }
        result[y * columns + x] = sum;
      }
    }
    return result;
  }

  /** The weights along one side, which sum up to one. */
  private static double[] window(int side) {
    double[] weights = new double[Math.min(WINDOW, side)];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = i - (weights.length - 1) / 2.0;
      weights[i] = Math.exp(-distance * distance / (2 * DEVIATION * DEVIATION));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
