package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.util.Locale;

/** A part of a whole, to draw and to read: no bill depends on it. */
record Share(double part, double whole) {
  private static final double SMALLEST = 0.0005;
  private static final double PERCENT = 100;

  static Share of(Usd part, Usd whole) {
    return new Share(part.approximately(), whole.approximately());
  }

  /** 0 to 100, whatever the part is; 0 of nothing. */
  double percentWithin() {
    return whole <= 0 ? 0 : Math.max(0, Math.min(PERCENT, PERCENT * part / whole));
  }

  /** As in {@code 12.3 %}; a dash when there is no whole. */
  @Override
  public String toString() {
    if (whole <= 0) {
      return "–";
    }
    double share = part / whole;
    return share > 0 && share < SMALLEST
        ? "<0.1 %"
        : String.format(Locale.ROOT, "%,.1f %%", PERCENT * share);
  }
}
