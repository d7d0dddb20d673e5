package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExhaustionTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 16);
  private static final LocalDate LAST = LocalDate.of(2026, 11, 30);

  /** $2 every day; today half is over and $1 spent. */
  private static final Forecaster CONSTANT =
      Forecaster.of(
          new DailyCosts(
              TODAY.minusDays(40),
              concat(Collections.nCopies(40, Usd.of("2")), Usd.of("1")),
              TODAY,
              0.5));

  @Test
  void theDayIsTheOneOnWhichTheSumReachesTheLimit() {
    // $1 more today, $2 a day from the 17th on.
    assertThat(CONSTANT.exhaustion(Usd.of("38"), Usd.of("31"), LAST))
        .isEqualTo(new Exhaustion(day(19), day(19), 1));
    assertThat(CONSTANT.exhaustion(Usd.of("32"), Usd.of("31"), LAST).expected()).isEqualTo(day(16));
  }

  @Test
  void whatIsReachedAlreadyIsReachedToday() {
    Exhaustion exhaustion = CONSTANT.exhaustion(Usd.of("31"), Usd.of("31"), LAST);
    assertThat(exhaustion).isEqualTo(new Exhaustion(day(16), day(16), 1));
    assertThat(exhaustion).hasToString("runs out about 2026-11-16, 2026-11-16 at the earliest");
  }

  @Test
  void aLimitBeyondTheWindowIsNotReached() {
    Exhaustion exhaustion = CONSTANT.exhaustion(Usd.of("61"), Usd.of("31"), LAST);
    assertThat(exhaustion).isEqualTo(new Exhaustion(Optional.empty(), Optional.empty(), 0));
    assertThat(exhaustion).hasToString("lasts");
    assertThat(CONSTANT.exhaustion(Usd.of("1000"), Usd.of("31"), LocalDate.MAX).expected())
        .isEmpty();
  }

  @Test
  void theEarliestDayIsBeforeTheExpectedOneWhenDaysDiffer() {
    SplittableRandom random = new SplittableRandom(3);
    List<Usd> days = random.ints(60, 50, 350).mapToObj(cents -> Usd.cents(cents)).toList();
    Forecaster forecaster = Forecaster.of(new DailyCosts(TODAY.minusDays(59), days, TODAY, 0));

    Exhaustion within = forecaster.exhaustion(Usd.of("50"), Usd.of("30"), LAST);
    assertThat(within.earliest().orElseThrow()).isBefore(within.expected().orElseThrow());
    assertThat(within.probability()).isGreaterThan(0.9);

    // About $30 more are expected by the end of the month.
    Exhaustion close = forecaster.exhaustion(Usd.of("65"), Usd.of("30"), LAST);
    assertThat(close.expected()).isEmpty();
    assertThat(close.earliest()).isPresent();
    assertThat(close.probability()).isBetween(0.05, 0.5);
    assertThat(close.toString()).startsWith("probably lasts; may run out from 2026-11-");
  }

  private static Optional<LocalDate> day(int ofMonth) {
    return Optional.of(TODAY.withDayOfMonth(ofMonth));
  }

  private static List<Usd> concat(List<Usd> days, Usd today) {
    return Stream.concat(days.stream(), Stream.of(today)).toList();
  }
}
