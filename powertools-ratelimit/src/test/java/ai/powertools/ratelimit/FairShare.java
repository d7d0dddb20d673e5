package ai.powertools.ratelimit;

import java.util.List;
import java.util.Locale;

/**
 * What came of clients that shared a vendor.
 *
 * @param answered calls that went through, of each client
 * @param refused calls that did not, of all
 * @param possible calls that the vendor would have let through
 */
record FairShare(List<Long> answered, long refused, double possible) {
  /** Jain's index: 1 when all have the same, 1/n when one has all. */
  double jain() {
    double sum = total();
    double squares = answered.stream().mapToDouble(x -> (double) x * x).sum();
    return sum * sum / (answered.size() * squares);
  }

  double utilisation() {
    return total() / possible;
  }

  double refusedShare() {
    return refused / (total() + refused);
  }

  private double total() {
    return answered.stream().mapToLong(x -> x).sum();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Jain index %.3f, utilisation %.3f, refused %.3f, answered %s",
        jain(),
        utilisation(),
        refusedShare(),
        answered);
  }
}
