package ai.powertools.router.quality;

import java.util.Arrays;
import java.util.List;

/**
 * How often each term occurs, by buckets: a term's hash says which bucket it is in, and terms that
 * share one are taken for the same (Weinberger et al. 2009, "Feature hashing for large scale
 * multitask learning"). So no vocabulary has to be kept.
 */
final class SparseTerms {
  /** How many buckets there are. */
  static final int BUCKETS = 4_096;

  private final int[] buckets;
  private final double[] weights;

  private SparseTerms(int[] buckets, double[] weights) {
    this.buckets = buckets;
    this.weights = weights;
  }

  /** The terms of a text with {@code 1 + ln(count)} as their weight. */
  static SparseTerms of(List<String> terms) {
    int[] all = terms.stream().mapToInt(SparseTerms::bucket).sorted().toArray();
    int[] buckets = new int[all.length];
    double[] weights = new double[all.length];
    int size = 0;
    for (int i = 0; i < all.length; ) {
      int end = i;
      while (end < all.length && all[end] == all[i]) {
        end++;
      }
      buckets[size] = all[i];
      weights[size++] = 1 + StrictMath.log(end - i);
      i = end;
    }
    return new SparseTerms(Arrays.copyOf(buckets, size), Arrays.copyOf(weights, size));
  }

  /** These terms, each weighted by how rare it is, all of length 1 together. */
  SparseTerms weighted(float[] rarity) {
    double[] scaled = new double[weights.length];
    double squares = 0;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = weights[i] * rarity[buckets[i]];
      squares += scaled[i] * scaled[i];
    }
    double norm = squares == 0 ? 1 : Math.sqrt(squares);
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= norm;
    }
    return new SparseTerms(buckets, scaled);
  }

  /**
   * How rare each bucket is among texts, {@code 1 + ln((1 + texts) / (1 + texts with it))}, the
   * smoothed idf of scikit-learn.
   */
  static float[] rarity(List<SparseTerms> texts) {
    int[] with = new int[BUCKETS];
    for (SparseTerms text : texts) {
      for (int bucket : text.buckets) {
        with[bucket]++;
      }
    }
    float[] rarity = new float[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      rarity[i] = (float) (1 + StrictMath.log((1.0 + texts.size()) / (1.0 + with[i])));
    }
    return rarity;
  }

  int size() {
    return buckets.length;
  }

  int bucket(int index) {
    return buckets[index];
  }

  double weight(int index) {
    return weights[index];
  }

  /** A hash of 64 bits that is the same everywhere: FNV-1a over the characters, then stirred. */
  static long hash(String term) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < term.length(); i++) {
      hash = (hash ^ term.charAt(i)) * 0x100000001b3L;
    }
    return SplitMix.mixed(hash);
  }

  private static int bucket(String term) {
    return (int) (hash(term) & (BUCKETS - 1));
  }
}
