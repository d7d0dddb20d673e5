package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BillAuditTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

  @Test
  void theSameLinesInAnotherOrderAndDividedAgree() {
    BillComparison comparison =
        BillAudit.compare(
            List.of(line(1, "gpt-5-mini", "1.50"), line(0, "gpt-5-mini", "0.75")),
            List.of(
                line(0, "gpt-5-mini", "0.25"),
                line(1, "gpt-5-mini", "1.5"),
                line(0, "gpt-5-mini", "0.50")),
            BillTolerance.NONE);

    assertThat(comparison.agrees()).isTrue();
    assertThat(comparison.differing()).isEmpty();
    assertThat(comparison.excess()).isEqualTo(Usd.ZERO);
    assertThat(comparison.describe())
        .isEqualTo("2 of 2 lines agree within $0.00: ours $2.25, billed $2.25, difference $0.00");
  }

  @Test
  void differencesComeLargestFirstWhicheverSideHasMore() {
    BillComparison comparison =
        BillAudit.compare(
            List.of(line(0, "a", "5"), line(0, "b", "1"), line(1, "ours-only", "2")),
            List.of(line(0, "a", "5.004"), line(0, "b", "1.20"), line(1, "theirs-only", "3")),
            BillTolerance.CENT);

    assertThat(comparison.agrees()).isFalse();
    assertThat(comparison.lines())
        .extracting(BillDifference::model)
        .containsExactly("theirs-only", "ours-only", "b", "a");
    assertThat(comparison.lines())
        .extracting(BillDifference::excess)
        .containsExactly(Usd.of("3"), Usd.of("-2"), Usd.of("0.20"), Usd.of("0.004"));
    assertThat(comparison.lines().get(0).ours()).isEmpty();
    assertThat(comparison.lines().get(1).billed()).isEmpty();
    assertThat(comparison.differing()).hasSize(3);
    assertThat(comparison.describe())
        .isEqualTo(
            """
            1 of 4 lines agree within $0.01: ours $8.00, billed $9.204, difference +$1.204
            day         model                  ours          billed      difference
            2026-11-03  theirs-only               –           $3.00          +$3.00
            2026-11-03  ours-only             $2.00               –          -$2.00
            2026-11-02  b                     $1.00           $1.20          +$0.20""");
  }

  @Test
  void aShareOfTheLineIsToleratedTooEvenOfACredit() {
    BillTolerance percent = new BillTolerance(Usd.ZERO, new BigDecimal("0.010"));
    assertThat(percent).hasToString("$0.00 or 1 %");
    assertThat(compare("99", "100", percent).agrees()).isTrue();
    assertThat(compare("98.99", "100", percent).agrees()).isFalse();
    assertThat(compare("-99", "-100", percent).agrees()).isTrue();
    assertThat(compare("0.01", "0", percent).agrees()).isFalse();
  }

  @Test
  void aLineOfNothingNeedsNoOther() {
    assertThat(
            BillAudit.compare(List.of(line(0, "a", "0")), List.of(), BillTolerance.NONE).agrees())
        .isTrue();
    assertThat(BillAudit.compare(List.of(), List.of(), BillTolerance.NONE).describe())
        .isEqualTo("0 of 0 lines agree within $0.00: ours $0.00, billed $0.00, difference $0.00");
  }

  @Test
  void aLongTableIsCutAndSaysSo() {
    List<BillLine> billed = IntStream.range(0, 23).mapToObj(i -> line(i, "m", "1")).toList();
    String text = BillAudit.compare(List.of(), billed, BillTolerance.NONE).describe();
    assertThat(text.lines()).hasSize(2 + 20 + 1);
    assertThat(text).endsWith("\nand 3 more");
  }

  @Test
  void aNegativeToleranceIsRefused() {
    assertThatThrownBy(() -> new BillTolerance(Usd.of("-1"), BigDecimal.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A bill may differ by nothing or more, not by -$1.00 or a share of 0.");
    assertThatThrownBy(() -> new BillTolerance(Usd.ZERO, BigDecimal.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BillComparison compare(String ours, String billed, BillTolerance tolerance) {
    return BillAudit.compare(List.of(line(0, "a", ours)), List.of(line(0, "a", billed)), tolerance);
  }

  private static BillLine line(int day, String model, String amount) {
    return new BillLine(DAY.plusDays(day), model, Usd.of(amount));
  }
}
