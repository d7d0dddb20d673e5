package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Where the range of each counted number is cut: a number's bin is how many borders are below it.
 * Borders lie in the middle between values that occurred, about as many rows between each two.
 */
final class Borders {
  /** The most borders of a number. */
  static final int MOST = 48;

  private final float[][] borders;

  private Borders(float[][] borders) {
    this.borders = borders;
  }

  static Borders of(List<Features.Counted> rows) {
    float[][] borders = new float[Features.SIZE][];
    for (int f = 0; f < borders.length; f++) {
      int feature = f;
      double[] values = rows.stream().mapToDouble(row -> row.get(feature)).sorted().toArray();
      borders[f] = cut(values);
    }
    return new Borders(borders);
  }

  private static float[] cut(double[] sorted) {
    float[] cuts = new float[MOST];
    int size = 0;
    double distinct = Arrays.stream(sorted).distinct().count();
    double step = distinct <= MOST + 1 ? 0 : (double) sorted.length / (MOST + 1);
    double next = step;
    for (int i = 1; i < sorted.length && size < MOST; i++) {
      if (sorted[i] > sorted[i - 1] && i >= next) {
        float middle = (float) ((sorted[i] + sorted[i - 1]) / 2);
        if (size == 0 || middle > cuts[size - 1]) {
          cuts[size++] = middle;
        }
        next = Math.max(next + step, i + step / 2);
      }
    }
    return Arrays.copyOf(cuts, size);
  }

  /** The bins of all numbers of a prompt. */
  byte[] bins(Features.Counted counted) {
    byte[] bins = new byte[borders.length];
    for (int f = 0; f < bins.length; f++) {
      float value = (float) counted.get(f);
      int low = 0;
      int high = borders[f].length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (borders[f][middle] < value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      bins[f] = (byte) low;
    }
    return bins;
  }

  void write(DataOutputStream out) throws IOException {
    for (float[] ofFeature : borders) {
      out.writeByte(ofFeature.length);
      for (float border : ofFeature) {
        out.writeFloat(border);
      }
    }
  }

  static Borders read(DataInputStream in) throws IOException {
    float[][] borders = new float[Features.SIZE][];
    for (int f = 0; f < borders.length; f++) {
      borders[f] = new float[in.readUnsignedByte()];
      for (int i = 0; i < borders[f].length; i++) {
        borders[f][i] = ModelFormat.number(in);
      }
    }
    return new Borders(borders);
  }
}
