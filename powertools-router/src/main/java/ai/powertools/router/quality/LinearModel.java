package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** A weighted sum of the scaled numbers for each of the two models: ridge regression. */
final class LinearModel {
  private final Scaling scaling;
  private final float[] weak;
  private final float[] strong;

  private LinearModel(Scaling scaling, float[] weak, float[] strong) {
    this.scaling = scaling;
    this.weak = weak;
    this.strong = strong;
  }

  /**
   * Learns the weights.
   *
   * @param penalty on the weights; the greater, the nearer to the mean of the rows
   */
  static LinearModel train(List<Outcome> outcomes, List<Features> features, double penalty) {
    Scaling scaling = Scaling.of(features.stream().map(Features::counted).toList());
    double[][] rows =
        features.stream().map(row -> scaling.apply(row.counted())).toArray(double[][]::new);
    RidgeRegression ridge = new RidgeRegression(rows, penalty);
    double[] weakRight = new double[rows.length];
    double[] strongRight = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      weakRight[row] = outcomes.get(row).weak() ? 1 : 0;
      strongRight[row] = outcomes.get(row).strong() ? 1 : 0;
    }
    return new LinearModel(scaling, ridge.solve(weakRight), ridge.solve(strongRight));
  }

  Pair predict(Features.Counted counted) {
    double[] scaled = scaling.apply(counted);
    return new Pair(sum(weak, scaled), sum(strong, scaled));
  }

  private static double sum(float[] weights, double[] scaled) {
    double sum = weights[scaled.length];
    for (int f = 0; f < scaled.length; f++) {
      sum += weights[f] * scaled[f];
    }
    return sum;
  }

  void write(DataOutputStream out) throws IOException {
    scaling.write(out);
    for (int f = 0; f <= Features.SIZE; f++) {
      out.writeFloat(weak[f]);
      out.writeFloat(strong[f]);
    }
  }

  static LinearModel read(DataInputStream in) throws IOException {
    Scaling scaling = Scaling.read(in);
    float[] weak = new float[Features.SIZE + 1];
    float[] strong = new float[Features.SIZE + 1];
    for (int f = 0; f <= Features.SIZE; f++) {
      weak[f] = ModelFormat.number(in);
      strong[f] = ModelFormat.number(in);
    }
    return new LinearModel(scaling, weak, strong);
  }
}
