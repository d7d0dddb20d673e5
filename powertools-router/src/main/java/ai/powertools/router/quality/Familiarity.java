package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How like the prompts of the training a prompt is. Three things are looked at: the share of its
 * words that the training had, how near its words are to the average prompt of the training, and
 * how near its counted numbers are to theirs. Each is 1 for what nine tenths of the training reach,
 * 0 below what nearly all reach, and between in between; the least of the three counts.
 */
final class Familiarity {
  private final WordFilter words;
  private final float[] center;
  private final Scaling scaling;
  private final Ramp known;
  private final Ramp alike;
  private final Ramp near;

  Familiarity(
      WordFilter words, float[] center, Scaling scaling, Ramp known, Ramp alike, Ramp near) {
    this.words = words;
    this.center = center;
    this.scaling = scaling;
    this.known = known;
    this.alike = alike;
    this.near = near;
  }

  /** From 0 to 1. */
  double of(Features features, SparseTerms weighted) {
    return Math.min(
        known.share(knownShare(features)),
        Math.min(alike.share(likeness(weighted, center)), near.share(nearness(features, scaling))));
  }

  private double knownShare(Features features) {
    int found = 0;
    for (String word : features.terms()) {
      found += words.contains(word) ? 1 : 0;
    }
    return (double) found / Math.max(1, features.terms().size());
  }

  /** The scalar product with the mean of the training's prompts. */
  static double likeness(SparseTerms weighted, float[] center) {
    double sum = 0;
    for (int i = 0; i < weighted.size(); i++) {
      sum += weighted.weight(i) * center[weighted.bucket(i)];
    }
    return sum;
  }

  /** Minus the mean square of how many standard deviations the numbers are off. */
  static double nearness(Features features, Scaling scaling) {
    double squares = 0;
    for (double off : scaling.apply(features.counted())) {
      squares += off * off;
    }
    return -squares / Features.SIZE;
  }

  void write(DataOutputStream out) throws IOException {
    words.write(out);
    ModelFormat.writeRounded(out, center);
    scaling.write(out);
    known.write(out);
    alike.write(out);
    near.write(out);
  }

  static Familiarity read(DataInputStream in) throws IOException {
    WordFilter words = WordFilter.read(in);
    float[] center = ModelFormat.readRounded(in, SparseTerms.BUCKETS);
    return new Familiarity(
        words, center, Scaling.read(in), Ramp.read(in), Ramp.read(in), Ramp.read(in));
  }
}
