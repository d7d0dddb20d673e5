package ai.powertools.cli;

import ai.powertools.models.Cost;
import ai.powertools.models.PricedCall;
import ai.powertools.models.Usd;
import java.util.Locale;
import java.util.Optional;

/** What priced calls come to. Not thread-safe. */
final class Audit {
  private long rows;
  private long errors;
  private long unknown;
  private long withVendorCost;
  private long withDrift;
  private Usd exact = Usd.ZERO;
  private Usd estimated = Usd.ZERO;
  private Usd vendors = Usd.ZERO;
  private Usd drift = Usd.ZERO;

  /** Counts a row that can't be read. */
  void addError() {
    rows++;
    errors++;
  }

  /** Counts a call. */
  void add(PricedCall priced) {
    Cost whole = priced.whole();
    rows++;
    switch (whole.certainty()) {
      case EXACT -> exact = exact.plus(whole.total().orElse(Usd.ZERO));
      case ESTIMATED -> estimated = estimated.plus(whole.total().orElse(Usd.ZERO));
      case UNKNOWN -> unknown++;
    }
    if (priced.vendorCost().isPresent()) {
      withVendorCost++;
      vendors = vendors.plus(priced.vendorCost().get());
    }
    Optional<Usd> more = priced.drift();
    if (more.isPresent()) {
      withDrift++;
      drift = drift.plus(more.get());
    }
  }

  /** Whether every row could be read. */
  boolean isWhole() {
    return errors == 0;
  }

  /** What all rows so far come to. */
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(named("rows", rows + (errors == 0 ? "" : ", " + errors + " of them with an error")))
        .append(
            named(
                "total",
                "%s exact + %s estimated = %s"
                    .formatted(exact.format(), estimated.format(), exact.plus(estimated).format())))
        .append(
            named("unknown", unknown + (unknown == 1 ? " row" : " rows") + ", not in the total"));
    if (withVendorCost > 0) {
      String compared =
          withDrift == 0
              ? ""
              : "; of the %d that we know as well, %s"
                  .formatted(withDrift, PricedCallText.difference(drift));
      text.append(
          named(
              "vendor",
              "%s by the vendors' own words, in %d %s%s"
                  .formatted(
                      vendors.format(),
                      withVendorCost,
                      withVendorCost == 1 ? "row" : "rows",
                      compared)));
    }
    return text.toString();
  }

  private static String named(String name, String value) {
    return String.format(Locale.ROOT, "%-10s%s%n", name, value);
  }
}
