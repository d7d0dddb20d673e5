package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.List;

/**
 * A vendor's bill next to the ledger.
 *
 * @param lines every day and model that one of them has, the largest difference first
 * @param ours all of the ledger
 * @param billed all of the bill
 * @param tolerance by how much a line was allowed to differ
 */
public record BillComparison(
    List<BillDifference> lines, Usd ours, Usd billed, BillTolerance tolerance) {

  private static final int MOST_SHOWN = 20;
  private static final String NOTHING = "–";

  /** Keeps the lines as they are now. */
  public BillComparison {
    lines = List.copyOf(lines);
  }

  /** Whether every line agrees. */
  public boolean agrees() {
    return lines.stream().allMatch(BillDifference::agrees);
  }

  /** The lines that do not agree, the largest difference first. */
  public List<BillDifference> differing() {
    return lines.stream().filter(line -> !line.agrees()).toList();
  }

  /** What was billed beyond what the ledger says; negative when less was. */
  public Usd excess() {
    return billed.minus(ours);
  }

  /** A verdict and a table of the lines that do not agree, at most twenty, for a terminal. */
  public String describe() {
    List<BillDifference> differing = differing();
    StringBuilder text = new StringBuilder();
    text.append(
        "%d of %d lines agree within %s: ours %s, billed %s, difference %s"
            .formatted(
                lines.size() - differing.size(),
                lines.size(),
                tolerance,
                ours.format(),
                billed.format(),
                signed(excess())));
    if (differing.isEmpty()) {
      return text.toString();
    }
    List<BillDifference> shown = differing.stream().limit(MOST_SHOWN).toList();
    int width = shown.stream().mapToInt(line -> line.model().length()).max().orElseThrow();
    String row = "\n%-10s  %-" + Math.max(width, "model".length()) + "s  %14s  %14s  %14s";
    text.append(row.formatted("day", "model", "ours", "billed", "difference"));
    for (BillDifference line : shown) {
      text.append(
          row.formatted(
              line.day(),
              line.model(),
              line.ours().map(Usd::format).orElse(NOTHING),
              line.billed().map(Usd::format).orElse(NOTHING),
              signed(line.excess())));
    }
    if (shown.size() < differing.size()) {
      text.append("\nand %d more".formatted(differing.size() - shown.size()));
    }
    return text.toString();
  }

  private static String signed(Usd amount) {
    return amount.isNegative() || amount.isZero() ? amount.format() : "+" + amount.format();
  }
}
