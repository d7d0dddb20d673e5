package ai.powertools.examples;

import ai.powertools.cost.Attributes;
import ai.powertools.cost.BillAudit;
import ai.powertools.cost.BillComparison;
import ai.powertools.cost.BillLine;
import ai.powertools.cost.BillTolerance;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostTracker;
import ai.powertools.models.Usage;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A vendor's bill, line by line against the ledger: what was not tracked, what was overcharged. */
public final class AuditABill {
  /** As exported from the vendor's pages; for a file there is {@code BillAudit.readCsv(path)}. */
  private static final String BILL =
      """
      Date,Line item,Project,Amount
      2026-11-01,gpt-5-mini,service,$0.45
      2026-11-02,gpt-5-mini,service,$0.45
      2026-11-02,gpt-5.4,service,$1.00
      2026-11-03,gpt-5-mini,service,$0.54
      2026-11-03,gpt-5.4-nano,nightly job,$3.20
      """;

  private AuditABill() {}

  public static void main(String[] arguments) throws IOException {
    VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-01T10:00:00Z"));
    try (CostTracker tracker = CostTracker.builder().time(clock).build()) {
      call(tracker, "gpt-5-mini", Usage.of(200_000, 200_000));
      clock.advance(Duration.ofDays(1));
      call(tracker, "gpt-5-mini", Usage.of(200_000, 200_000));
      call(tracker, "gpt-5.4", Usage.of(100_000, 50_000));
      clock.advance(Duration.ofDays(1));
      call(tracker, "gpt-5-mini", Usage.of(200_000, 200_000));

      List<BillLine> ours =
          tracker
              .analysis(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30))
              .where(Attributes.PROVIDER, "openai")
              .billLines();
      List<BillLine> billed = BillAudit.readCsv(new StringReader(BILL));
      BillComparison comparison = BillAudit.compare(ours, billed, BillTolerance.CENT);
      System.out.println(comparison.describe());
      System.out.println(comparison.agrees() ? "nothing to ask" : "ask the vendor");
    }
  }

  private static void call(CostTracker tracker, String model, Usage usage) {
    try (CallSpan span = tracker.trackCall("chat").model(model).start()) {
      span.usage(usage);
    }
  }
}
