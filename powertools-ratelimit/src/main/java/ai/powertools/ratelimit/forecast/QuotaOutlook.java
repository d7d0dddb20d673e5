package ai.powertools.ratelimit.forecast;

import ai.powertools.ratelimit.Counting;
import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Several quotas that hold together, such as requests and tokens per day, and the limits of a
 * limiter before them. Immutable.
 */
public final class QuotaOutlook {
  private static final long MOST_CALLS = 10_000_000;

  /** Up to so many calls in a rolling quota are told apart, more only by that part of a window. */
  private static final long EXACT = 100_000;

  /** As a limiter tells the parts of a sliding window apart. */
  private static final long PARTS = 128;

  private final List<QuotaForecast> forecasts;
  private final Limits limits;
  private final Duration call;

  private QuotaOutlook(List<QuotaForecast> forecasts, Limits limits, Duration call) {
    this.forecasts = forecasts;
    this.limits = limits;
    this.call = call;
  }

  /**
   * Of these quotas.
   *
   * @throws IllegalArgumentException if there is none, or they were not all made at one moment
   */
  public static QuotaOutlook of(QuotaForecast... forecasts) {
    return of(List.of(forecasts));
  }

  /**
   * Of these quotas.
   *
   * @throws IllegalArgumentException if there is none, or they were not all made at one moment
   */
  public static QuotaOutlook of(List<QuotaForecast> forecasts) {
    if (forecasts.stream().map(QuotaForecast::at).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "An outlook needs one forecast or more, all of one moment: " + forecasts);
    }
    return new QuotaOutlook(List.copyOf(forecasts), Limits.none(), Duration.ZERO);
  }

  /**
   * The same for calls that go through a limiter. Its buckets are taken to be full now.
   *
   * @param limits of the limiter
   * @param call how long each call lasts, which counts where so many may run at once; zero or more
   */
  public QuotaOutlook through(Limits limits, Duration call) {
    if (call.isNegative()) {
      throw new IllegalArgumentException("No call lasts for " + call + ".");
    }
    return new QuotaOutlook(forecasts, limits, call);
  }

  /** What it was made of. */
  public List<QuotaForecast> forecasts() {
    return forecasts;
  }

  /** The quota that likely runs out first; empty if all last. */
  public Optional<QuotaForecast> first() {
    return forecasts.stream()
        .filter(forecast -> forecast.exhaustedAt().isPresent())
        .min(Comparator.comparing(forecast -> forecast.exhaustedAt().orElse(Instant.MAX)));
  }

  /**
   * Whether so many equal calls, sent as fast as quotas and limits allow and with nothing beside
   * them, are all let through before a moment. What was used of a rolling quota counts as used just
   * now, so the answer may be too careful there.
   *
   * @param calls one to ten million
   * @param each what one call takes
   * @throws IllegalArgumentException if it is another number of calls, or {@code until} has passed
   */
  public FitAnswer fits(long calls, Demand each, Instant until) {
    Instant now = forecasts.get(0).at();
    if (calls < 1 || calls > MOST_CALLS) {
      throw new IllegalArgumentException(
          "Ask about one to %,d calls, not %,d.".formatted(MOST_CALLS, calls));
    }
    if (!until.isAfter(now)) {
      throw new IllegalArgumentException("It is past %s already: %s.".formatted(until, now));
    }
    return new Timetable(paces(calls, each)).answer(calls, now, until);
  }

  private List<Pace> paces(long calls, Demand each) {
    List<Pace> paces = new ArrayList<>();
    for (Limit limit : limits.list()) {
      long cost = each.amount(limit.dimension());
      if (cost > 0) {
        paces.add(
            limit.counting() == Counting.SLIDING_WINDOW
                ? sliding(limit, cost)
                : new BucketPace(limit, cost));
      }
    }
    limits
        .concurrency()
        .ifPresent(
            most ->
                paces.add(
                    new WindowPace(
                        Limits.none().concurrency(most).toString(),
                        most,
                        most,
                        call.toNanos(),
                        1)));
    for (QuotaForecast forecast : forecasts) {
      long cost = each.amount(forecast.quota().dimension());
      if (cost > 0) {
        paces.add(
            forecast.quota().window() instanceof RollingWindow window
                ? rolling(forecast, window, cost, calls)
                : new CalendarPace(forecast, cost));
      }
    }
    return paces;
  }

  private static Pace sliding(Limit limit, long cost) {
    long most = limit.amount() / cost;
    return new WindowPace(
        limit.toString(),
        most,
        most,
        limit.window().toNanos(),
        (limit.window().toNanos() + PARTS - 1) / PARTS);
  }

  private static Pace rolling(QuotaForecast forecast, RollingWindow window, long cost, long calls) {
    return new WindowPace(
        forecast.quota().toString(),
        forecast.quota().amount() / cost,
        forecast.left() / cost,
        window.length().toNanos(),
        calls <= EXACT ? 1 : Math.max(1, window.length().toNanos() / EXACT));
  }

  /** A line for each quota, and which runs out first. */
  public String text() {
    String lines = forecasts.stream().map(QuotaForecast::text).collect(Collectors.joining("\n"));
    return forecasts.size() == 1
        ? lines
        : lines
            + "\n"
            + first()
                .map(forecast -> forecast.quota().dimension().name() + " run out first")
                .orElse("nothing is likely to run out");
  }

  @Override
  public String toString() {
    return text();
  }
}
