package ai.powertools.ratelimit.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.Permit;
import ai.powertools.ratelimit.RateLimiter;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is said to fit is what the real limiter lets through in that time, to the nanosecond. */
class FitProperties {
  private static final int CASES = RandomInput.size("powertools.fit.cases", 400);

  @Test
  void callsFitExactlyWhenTheLimiterLetsThemThroughInTime() {
    RandomInput.check(CASES, FitProperties::agreesWithTheLimiter);
  }

  private static void agreesWithTheLimiter(RandomInput input) {
    Limits limits = limits(input);
    Demand each =
        input.chance(0.5)
            ? Demand.tokens(input.longs(0, 400))
            : Demand.tokens(input.longs(0, 200), input.longs(0, 200));
    int calls = input.ints(1, 120);
    long daily = input.longs(1, 20_000);
    Instant start =
        Instant.parse("2026-11-27T23:00:00Z")
            .plus(input.durations(Duration.ZERO, Duration.ofHours(1)));
    QuotaForecast quota =
        QuotaForecast.of(
            Quota.daily(Dimension.TOKENS, daily, ZoneOffset.UTC), input.longs(0, daily), start);
    Duration lasting = input.durations(Duration.ZERO, Duration.ofSeconds(40));
    List<Instant> times = replay(limits, each, calls, quota, lasting);
    Instant until = start.plus(input.durations(Duration.ofSeconds(1), Duration.ofHours(2)));
    if (input.chance(0.3) && !times.isEmpty()) {
      until = input.oneOf(times).plusNanos(input.oneOf(0, 1));
    }
    if (!until.isAfter(start)) {
      until = start.plusNanos(1);
    }

    FitAnswer answer = QuotaOutlook.of(quota).through(limits, lasting).fits(calls, each, until);

    Instant end = until;
    boolean all = times.size() == calls && times.get(calls - 1).isBefore(end);
    assertThat(answer.fits()).as("%s of %s", each, limits).isEqualTo(all);
    assertThat(answer.fitting()).isEqualTo(times.stream().filter(at -> at.isBefore(end)).count());
    assertThat(answer.inTheWay().isEmpty()).isEqualTo(all);
    if (times.size() == calls) {
      assertThat(answer.last()).contains(times.get(calls - 1));
    } else {
      assertThat(answer.last()).isEmpty();
    }
  }

  private static Limits limits(RandomInput input) {
    Limits limits = Limits.none();
    if (input.chance(0.8)) {
      limits = limits.with(limit(input, Dimension.REQUESTS, 60, 5));
    }
    if (input.chance(0.8)) {
      limits = limits.with(limit(input, Dimension.TOKENS, 5_000, 700));
    }
    if (input.chance(0.3)) {
      limits = limits.concurrency(input.ints(1, 30));
    }
    if (input.chance(0.3)) {
      limits = limits.with(limit(input, Dimension.OUTPUT_TOKENS, 3_000, 500));
    }
    return limits;
  }

  private static Limit limit(RandomInput input, Dimension dimension, long most, long burst) {
    Limit limit =
        Limit.of(
                dimension,
                input.longs(1, most),
                input.oneOf(Duration.ofSeconds(1), Duration.ofSeconds(7), Duration.ofMinutes(1)))
            .burst(input.longs(1, burst));
    return input.chance(0.3) ? limit.slidingWindow() : limit;
  }

  /** When each call goes; fewer where the rest never can. */
  private static List<Instant> replay(
      Limits limits, Demand each, int calls, QuotaForecast quota, Duration lasting) {
    VirtualClock clock = VirtualClock.at(quota.at());
    RateLimiter limiter =
        RateLimiter.builder().limits(limits).time(clock).executor(Runnable::run).build();
    List<Instant> times = new ArrayList<>();
    long left = quota.left();
    Instant reset = quota.reset();
    long cost = each.amount(Dimension.TOKENS);
    while (times.size() < calls && cost <= quota.quota().amount()) {
      if (cost > left) {
        clock.advance(Duration.between(clock.instant(), reset));
      }
      CompletableFuture<Permit> permit = limiter.acquireAsync(each);
      while (!permit.isDone()) {
        clock.advanceToNext();
      }
      if (permit.isCompletedExceptionally()) {
        return times;
      }
      Permit granted = permit.join();
      clock.after(lasting, granted::close);
      times.add(clock.instant());
      if (!clock.instant().isBefore(reset)) {
        left = quota.quota().amount();
        reset = quota.quota().window().end(clock.instant());
      }
      left -= cost;
    }
    return times;
  }

  @Test
  void noWindowOfARollingQuotaHasMoreThanItsAmountAndNoCallWaitsLonger() {
    RandomInput.check(CASES, FitProperties::keepsToARollingQuota);
  }

  private static void keepsToARollingQuota(RandomInput input) {
    Instant start = Instant.parse("2026-11-27T23:00:00Z");
    long window = input.longs(1, 1_000_000);
    int most = input.ints(1, 60);
    long gap = input.longs(0, 50_000);
    Quota quota = Quota.rolling(Dimension.REQUESTS, most, Duration.ofNanos(window));
    Limits spaced =
        gap == 0
            ? Limits.none()
            : Limits.of(Limit.of(Dimension.REQUESTS, 1, Duration.ofNanos(gap)).burst(1));
    int calls = input.ints(1, 300);
    List<Long> times = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      long earliest = call == 0 ? 0 : times.get(call - 1) + gap;
      times.add(call < most ? earliest : Math.max(earliest, times.get(call - most) + window));
    }
    FitAnswer answer =
        QuotaOutlook.of(QuotaForecast.of(quota, 0, start))
            .through(spaced, Duration.ZERO)
            .fits(calls, Demand.request(), start.plusSeconds(9));
    assertThat(answer.last()).contains(start.plusNanos(times.get(calls - 1)));
  }
}
