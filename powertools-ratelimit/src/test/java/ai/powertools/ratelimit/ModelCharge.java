package ai.powertools.ratelimit;

import java.util.List;

/** What a call was charged at a moment and has not been given back, of each dimension. */
final class ModelCharge {
  static final Dimension IMAGES = Dimension.of("images");
  static final List<Dimension> DIMENSIONS =
      List.of(
          Dimension.REQUESTS,
          Dimension.TOKENS,
          Dimension.INPUT_TOKENS,
          Dimension.OUTPUT_TOKENS,
          IMAGES);

  final long at;
  private final long[] amounts = new long[DIMENSIONS.size()];

  ModelCharge(long at) {
    this.at = at;
  }

  /** What a demand takes. */
  ModelCharge(long at, Demand demand) {
    this(at);
    DIMENSIONS.forEach(dimension -> set(dimension, demand.amount(dimension)));
  }

  long of(Dimension dimension) {
    return amounts[DIMENSIONS.indexOf(dimension)];
  }

  void set(Dimension dimension, long amount) {
    amounts[DIMENSIONS.indexOf(dimension)] = amount;
  }

  void forgive() {
    DIMENSIONS.forEach(dimension -> set(dimension, 0));
  }
}
