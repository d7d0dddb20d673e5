package ai.powertools.ratelimit.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class QuotaForecastTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-28T00:00:00Z");
  private static final Quota TOKENS = Quota.daily(Dimension.TOKENS, 2_000_000, ZoneOffset.UTC);

  @Test
  void anEvenBurnRunsOutWhereTheLineSaysSo() {
    QuotaForecast forecast = QuotaForecast.of(TOKENS, 1_200_000, NOON);
    assertThat(forecast.burnRate()).isEqualTo(new BurnRate(100_000, 100_000, 100_000));
    assertThat(forecast.exhaustedAt()).contains(Instant.parse("2026-11-27T20:00:00Z"));
    assertThat(forecast.safeRate()).isCloseTo(800_000 / 12.0, within(1e-6));
    assertThat(forecast.left()).isEqualTo(800_000);
    assertThat(forecast.reset()).isEqualTo(MIDNIGHT);
  }

  @Test
  void aBurnThatLastsUntilTheResetDoesNotRunOut() {
    QuotaForecast forecast = QuotaForecast.of(TOKENS, 1_000_000, NOON);
    assertThat(forecast.exhaustedAt()).isEmpty();
    assertThat(forecast.exhaustion().safe()).isTrue();
    assertThat(forecast.text()).contains("; lasts; ");
  }

  @Test
  void theBurnOfLateCountsMoreThanThatOfTheMorning() {
    Burn lately = new Burn(5_000, 1_000, 60, Duration.ofMinutes(1));
    QuotaForecast forecast = QuotaForecast.of(TOKENS, 1_000_000, lately, NOON);
    assertThat(forecast.burnRate().likely()).isCloseTo(300_000, within(1e-6));
    assertThat(forecast.windowRate()).isCloseTo(1_000_000 / 12.0, within(1e-6));
    Exhaustion end = forecast.exhaustion();
    assertThat(end.earliest().orElseThrow()).isBefore(end.likely().orElseThrow());
    assertThat(end.likely().orElseThrow())
        .isBetween(Instant.parse("2026-11-27T15:19:59Z"), Instant.parse("2026-11-27T15:20:01Z"));
    assertThat(end.latest().orElseThrow()).isAfter(end.likely().orElseThrow()).isBefore(MIDNIGHT);
  }

  @Test
  void aRangeMayReachBeyondTheReset() {
    Burn lately = new Burn(1_350, 4_000, 60, Duration.ofMinutes(1));
    Exhaustion end = QuotaForecast.of(TOKENS, 1_000_000, lately, NOON).exhaustion();
    assertThat(end.earliest()).isPresent();
    assertThat(end.likely()).isEmpty();
    assertThat(end.latest()).isEmpty();
    assertThat(end.safe()).isFalse();
    assertThat(end.toString()).startsWith("lasts probably, at high burn not beyond 2026-11-27T");
  }

  @Test
  void whatIsUsedUpIsUsedUpNow() {
    QuotaForecast forecast = QuotaForecast.of(TOKENS, 2_100_000, NOON);
    assertThat(forecast.left()).isZero();
    assertThat(forecast.safeRate()).isZero();
    assertThat(forecast.exhaustedAt()).contains(NOON);
  }

  @Test
  void aRollingQuotaGivesBackWhatItGave() {
    Quota rolling = Quota.rolling(Dimension.REQUESTS, 2_400, Duration.ofHours(24));
    assertThat(
            QuotaForecast.of(rolling, 2_400, new Burn(99, 0, 24, Duration.ofHours(1)), NOON).left())
        .isZero();
    assertThat(QuotaForecast.of(rolling, 1_200, Burn.even(100), NOON).exhaustedAt()).isEmpty();
    // 150 an hour less the 50 an hour that come back: 1200 are gone in twelve hours.
    assertThat(QuotaForecast.of(rolling, 1_200, Burn.even(150), NOON).exhaustedAt())
        .contains(MIDNIGHT);
    assertThat(QuotaForecast.of(rolling, 1_200, NOON).safeRate()).isCloseTo(100, within(1e-9));
  }

  @Test
  void nothingIsKnownOfTheFirstMoment() {
    QuotaForecast forecast = QuotaForecast.of(TOKENS, 10, MIDNIGHT);
    assertThat(forecast.burnRate().likely()).isZero();
    assertThat(forecast.exhaustedAt()).isEmpty();
  }

  @Test
  void saysAllOfThatInALine() {
    assertThat(
            QuotaForecast.of(
                TOKENS, 1_240_000, new Burn(2_500, 500, 60, Duration.ofMinutes(1)), NOON))
        .hasToString(
            "2,000,000 tokens per day (UTC): 1,240,000 used (62 %), 150,000 per hour"
                + " (144,912 to 155,246), safe 63,333 per hour;"
                + " runs out about 2026-11-27T17:04Z (2026-11-27T16:53Z to 2026-11-27T17:15Z);"
                + " back at 2026-11-28T00:00Z");
  }

  @Test
  void theOneThatRunsOutFirstIsNamed() {
    QuotaForecast tokens = QuotaForecast.of(TOKENS, 1_500_000, NOON);
    QuotaForecast requests =
        QuotaForecast.of(Quota.daily(Dimension.REQUESTS, 1_000, ZoneOffset.UTC), 900, NOON);
    QuotaOutlook outlook = QuotaOutlook.of(tokens, requests);
    assertThat(outlook.first()).contains(requests);
    assertThat(outlook.text()).hasLineCount(3).endsWith("\nrequests run out first");
    assertThat(
            QuotaOutlook.of(QuotaForecast.of(TOKENS, 1, NOON), QuotaForecast.of(TOKENS, 2, NOON)))
        .asString()
        .endsWith("\nnothing is likely to run out");
  }

  @Test
  void callsFitUntilTheQuotaIsUsedUp() {
    QuotaForecast forecast = QuotaForecast.of(TOKENS, 1_400_000, NOON);
    FitAnswer yes = forecast.fits(400, Demand.tokens(1_500), MIDNIGHT);
    assertThat(yes.fits()).isTrue();
    assertThat(yes.last()).contains(NOON);
    assertThat(yes.inTheWay()).isEmpty();
    FitAnswer no = forecast.fits(401, Demand.tokens(1_500), MIDNIGHT);
    assertThat(no.fits()).isFalse();
    assertThat(no)
        .hasToString(
            "No: 400 of 401 calls fit before 2026-11-28T00:00:00Z; the last goes at"
                + " 2026-11-28T00:00:00Z. In the way: 2,000,000 tokens per day (UTC).");
  }

  @Test
  void theLimiterSlowsThemDown() {
    QuotaOutlook outlook =
        QuotaOutlook.of(QuotaForecast.of(TOKENS, 0, NOON))
            .through(
                Limits.of(Limit.of(Dimension.REQUESTS, 60, Duration.ofMinutes(1)).burst(1)),
                Duration.ofSeconds(20));
    assertThat(outlook.fits(601, Demand.tokens(10), NOON.plusSeconds(601)))
        .hasToString(
            "Yes: all 601 calls fit before 2026-11-27T12:10:01Z; the last goes at 2026-11-27T12:10:00Z.");
    FitAnswer late = outlook.fits(602, Demand.tokens(10), NOON.plusSeconds(601));
    assertThat(late.fitting()).isEqualTo(601);
    assertThat(late.inTheWay()).contains("60 requests per minute");
  }

  @Test
  void callsThatRunLongTakeTurnsWhereSoManyMayRunAtOnce() {
    QuotaOutlook outlook =
        QuotaOutlook.of(QuotaForecast.of(TOKENS, 0, NOON))
            .through(Limits.none().concurrency(2), Duration.ofSeconds(30));
    FitAnswer answer = outlook.fits(5, Demand.request(), NOON.plusSeconds(60));
    assertThat(answer.fitting()).isEqualTo(4);
    assertThat(answer.last()).contains(NOON.plusSeconds(60));
    assertThat(answer.inTheWay()).contains("2 calls at once");
  }

  @Test
  void aCallThatIsLargerThanTheQuotaNeverFits() {
    FitAnswer never = QuotaForecast.of(TOKENS, 0, NOON).fits(1, Demand.tokens(3_000_000), MIDNIGHT);
    assertThat(never.fitting()).isZero();
    assertThat(never.last()).isEmpty();
    assertThat(never.toString()).contains("the last never goes");
    Limits small = Limits.of(Limit.of(Dimension.TOKENS, 600, Duration.ofMinutes(1)));
    assertThat(
            QuotaOutlook.of(QuotaForecast.of(TOKENS, 0, NOON))
                .through(small, Duration.ZERO)
                .fits(1, Demand.tokens(601), MIDNIGHT)
                .last())
        .isEmpty();
    Quota rolling = Quota.rolling(Dimension.TOKENS, 600, Duration.ofHours(1));
    assertThat(QuotaForecast.of(rolling, 0, NOON).fits(1, Demand.tokens(601), MIDNIGHT).last())
        .isEmpty();
  }

  @Test
  void aRollingQuotaCountsWhatWasUsedAsUsedJustNow() {
    Quota rolling = Quota.rolling(Dimension.REQUESTS, 10, Duration.ofHours(1));
    FitAnswer answer =
        QuotaForecast.of(rolling, 4, NOON).fits(25, Demand.request(), NOON.plusSeconds(3_600));
    assertThat(answer.fitting()).isEqualTo(6);
    // Six now, ten an hour later when all has come back, nine an hour after that.
    assertThat(answer.last()).contains(NOON.plusSeconds(7_200));
    assertThat(QuotaForecast.of(rolling, 14, NOON).fits(1, Demand.request(), MIDNIGHT).last())
        .contains(NOON.plusSeconds(3_600));
  }

  @Test
  void aMeterCountsAWindowAndForgetsItAtTheReset() {
    VirtualClock clock = VirtualClock.at(NOON);
    QuotaMeter meter = QuotaMeter.of(TOKENS, clock);
    meter.usedBefore(500_000);
    for (int minute = 0; minute < 60; minute++) {
      meter.record(1_000);
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(meter.forecast().used()).isEqualTo(560_000);
    assertThat(meter.forecast().burnRate().likely()).isCloseTo(60_000, within(1e-6));
    clock.advance(Duration.ofHours(11));
    assertThat(meter.forecast().used()).isZero();
    assertThat(meter).hasToString(meter.forecast().text());
  }

  @Test
  void aMeterOfARollingQuotaForgetsBitByBit() {
    VirtualClock clock = VirtualClock.at(NOON);
    Quota rolling = Quota.rolling(Dimension.REQUESTS, 600, Duration.ofHours(1));
    QuotaMeter meter = QuotaMeter.of(rolling, Duration.ofMinutes(10), clock);
    for (int minute = 0; minute < 120; minute++) {
      meter.record(6);
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(meter.forecast().used()).isEqualTo(360);
    assertThat(meter.forecast().burnRate().likely()).isCloseTo(360, within(1e-6));
    clock.advance(Duration.ofMinutes(30));
    assertThat(meter.forecast().used()).isEqualTo(180);
  }

  @Test
  void refusesWhatMakesNoSense() {
    QuotaForecast forecast = QuotaForecast.of(TOKENS, 0, NOON);
    assertThatThrownBy(() -> QuotaForecast.of(TOKENS, -1, NOON))
        .hasMessage("Nobody has used -1: give zero or more.");
    assertThatThrownBy(() -> Quota.daily(Dimension.TOKENS, 0, ZoneOffset.UTC))
        .hasMessage("A quota of 0 tokens makes no sense: give one or more.");
    assertThatThrownBy(() -> forecast.fits(0, Demand.request(), MIDNIGHT))
        .hasMessage("Ask about one to 10,000,000 calls, not 0.");
    assertThatThrownBy(() -> forecast.fits(1, Demand.request(), NOON))
        .hasMessageStartingWith("It is past 2026-11-27T12:00:00Z already");
    assertThatThrownBy(() -> QuotaOutlook.of(forecast, QuotaForecast.of(TOKENS, 0, MIDNIGHT)))
        .hasMessageContaining("all of one moment");
    assertThatThrownBy(
            () -> QuotaOutlook.of(forecast).through(Limits.none(), Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QuotaMeter.of(TOKENS, VirtualClock.create()).record(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
