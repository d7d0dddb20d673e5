package ai.powertools.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, as lines that sum to the total, and how well that is known.
 *
 * <p>An unknown cost has no total: it is never $0. Costs of zero exist (a local model, a call that
 * was never sent) and are exact.
 *
 * <p>Immutable and thread-safe.
 */
public final class Cost {
  /** Known to be nothing. */
  public static final Cost ZERO = new Cost(List.of(), Certainty.EXACT, null);

  private final List<CostLine> lines;
  private final Certainty certainty;
  private final @Nullable String reason;

  private Cost(List<CostLine> lines, Certainty certainty, @Nullable String reason) {
    this.lines = List.copyOf(lines);
    this.certainty = certainty;
    this.reason = reason;
  }

  /**
   * A cost made of these lines.
   *
   * @param certainty {@link Certainty#EXACT} or {@link Certainty#ESTIMATED}
   * @throws IllegalArgumentException if {@code certainty} is {@link Certainty#UNKNOWN}, which needs
   *     a reason: see {@link #unknown}
   */
  public static Cost of(List<CostLine> lines, Certainty certainty) {
    if (certainty == Certainty.UNKNOWN) {
      throw new IllegalArgumentException("An unknown cost needs a reason: use Cost.unknown(why).");
    }
    return new Cost(lines, certainty, null);
  }

  /**
   * A cost that is not known.
   *
   * @param why the reason, for people, such as "no price is known for acme/foo"
   */
  public static Cost unknown(String why) {
    return unknown(why, List.of());
  }

  /** A cost of which only these lines are known. */
  static Cost unknown(String why, List<CostLine> known) {
    return new Cost(known, Certainty.UNKNOWN, why);
  }

  /** A cost that is not exact, and why. */
  static Cost estimated(String why, List<CostLine> lines) {
    return new Cost(lines, Certainty.ESTIMATED, why);
  }

  /** The sum of the lines; empty when the cost is unknown. */
  public Optional<Usd> total() {
    return certainty == Certainty.UNKNOWN ? Optional.empty() : Optional.of(sum());
  }

  /** What the total is made of. For an unknown cost: the part of it that is known. */
  public List<CostLine> lines() {
    return lines;
  }

  /** How well the total is known. */
  public Certainty certainty() {
    return certainty;
  }

  /** Why the cost is unknown, or no more than an estimate where the prices are the reason. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /**
   * Both together: no more certain than the worse, and unknown when either is, with the reasons
   * kept. Lines of the same unit and rate become one.
   *
   * @throws ArithmeticException if a quantity would be beyond a {@code long}
   */
  public Cost plus(Cost other) {
    List<CostLine> merged = new ArrayList<>(lines);
    for (CostLine line : other.lines) {
      add(merged, line);
    }
    return new Cost(merged, certainty.worse(other.certainty), bothReasons(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cost cost
        && lines.equals(cost.lines)
        && certainty == cost.certainty
        && reason().equals(cost.reason());
  }

  @Override
  public int hashCode() {
    return 31 * lines.hashCode() + certainty.hashCode();
  }

  @Override
  public String toString() {
    return switch (certainty) {
      case EXACT -> sum().format();
      case ESTIMATED -> "about " + sum().format();
      case UNKNOWN -> "unknown (" + reason + ")";
    };
  }

  private Usd sum() {
    Usd sum = Usd.ZERO;
    for (CostLine line : lines) {
      sum = sum.plus(line.amount());
    }
    return sum;
  }

  private static void add(List<CostLine> lines, CostLine line) {
    for (int i = 0; i < lines.size(); i++) {
      CostLine there = lines.get(i);
      if (there.isLike(line)) {
        lines.set(i, there.and(line.quantity()));
        return;
      }
    }
    lines.add(line);
  }

  private @Nullable String bothReasons(Cost other) {
    if (reason == null || reason.equals(other.reason)) {
      return other.reason;
    }
    return other.reason == null ? reason : reason + "; " + other.reason;
  }
}
