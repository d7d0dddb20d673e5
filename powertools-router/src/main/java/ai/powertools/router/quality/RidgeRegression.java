package ai.powertools.router.quality;

/**
 * Least squares with a penalty on the weights but not on the constant, by the normal equations and
 * Cholesky's decomposition. All sums are in the order of the rows, so results are the same
 * everywhere.
 */
final class RidgeRegression {
  private final double[][] rows;
  private final double[] centers;
  private final double[][] lower;

  /**
   * @param rows of numbers, at least one row, all of the same length
   * @param penalty above 0
   */
  RidgeRegression(double[][] rows, double penalty) {
    this.rows = rows;
    int size = rows[0].length;
    centers = new double[size];
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        centers[i] += row[i] / rows.length;
      }
    }
    double[][] products = new double[size][size];
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        double one = row[i] - centers[i];
        for (int j = 0; j <= i; j++) {
          products[i][j] += one * (row[j] - centers[j]);
        }
      }
    }
    for (int i = 0; i < size; i++) {
      products[i][i] += penalty;
    }
    lower = cholesky(products);
  }

  /** The weights for a target, and behind them the constant. */
  float[] solve(double[] target) {
    int size = centers.length;
    double mean = 0;
    for (double value : target) {
      mean += value / target.length;
    }
    double[] solved = new double[size];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < size; i++) {
        solved[i] += (rows[row][i] - centers[i]) * (target[row] - mean);
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        solved[i] -= lower[i][j] * solved[j];
      }
      solved[i] /= lower[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int j = i + 1; j < size; j++) {
        solved[i] -= lower[j][i] * solved[j];
      }
      solved[i] /= lower[i][i];
    }
    float[] weights = new float[size + 1];
    double constant = mean;
    for (int i = 0; i < size; i++) {
      weights[i] = (float) solved[i];
      constant -= solved[i] * centers[i];
    }
    weights[size] = (float) constant;
    return weights;
  }

  private static double[][] cholesky(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
      }
    }
    return matrix;
  }
}
