package ai.powertools.orchestrator;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a configuration that say how much, for all providers or for one.
 *
 * @param given the limits, each in a bucket of the default size, and calls at once
 * @param burst the share of a limit per minute that may be taken at once; empty for the default
 */
record LimitKeys(Limits given, Optional<Double> burst) {
  /** Nothing said. */
  static final LimitKeys NONE = new LimitKeys(Limits.none(), Optional.empty());

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private record Key(String name, Dimension dimension, Duration window) {
    Limit limit(long amount) {
      return Limit.of(dimension, amount, window);
    }
  }

  private static final List<Key> KEYS =
      List.of(
          new Key("requests_per_minute", Dimension.REQUESTS, MINUTE),
          new Key("tokens_per_minute", Dimension.TOKENS, MINUTE),
          new Key("input_tokens_per_minute", Dimension.INPUT_TOKENS, MINUTE),
          new Key("output_tokens_per_minute", Dimension.OUTPUT_TOKENS, MINUTE),
          new Key("requests_per_day", Dimension.REQUESTS, DAY),
          new Key("tokens_per_day", Dimension.TOKENS, DAY));

  /**
   * Those of a section.
   *
   * @param standard what counts where the section does not say
   */
  static LimitKeys read(YamlSection section, LimitKeys standard) {
    Limits given = standard.given;
    for (Key key : KEYS) {
      Limits before = given;
      given =
          section.count(key.name).stream()
              .mapToObj(amount -> section.sound(key.name, () -> before.with(key.limit(amount))))
              .findFirst()
              .orElse(before);
    }
    Limits all = given;
    // More than can be counted at once are as good as that many.
    Limits limits =
        section.count("concurrency").stream()
            .mapToObj(calls -> all.concurrency((int) Math.min(Integer.MAX_VALUE, calls)))
            .findFirst()
            .orElse(all);
    Optional<Double> burst =
        section.parsed(
            "burst",
            "a share of each limit, more than 0 and at most 1, as in 0.25",
            LimitKeys::share);
    return new LimitKeys(limits, burst.or(standard::burst));
  }

  /** The limits as they are to be kept. */
  Limits limits() {
    Limits sized = Limits.none();
    for (Limit limit : given.list()) {
      sized = sized.with(sized(limit));
    }
    return given.concurrency().isPresent()
        ? sized.concurrency(given.concurrency().getAsInt())
        : sized;
  }

  /**
   * A quota for a day may be used up within an hour, so it is counted exactly: a bucket would
   * either spread it over the day or let twice as much through.
   */
  private Limit sized(Limit limit) {
    if (limit.window().equals(DAY)) {
      return limit.slidingWindow();
    }
    return burst
        .map(share -> limit.burst(Math.max(1, (long) (limit.amount() * share))))
        .orElse(limit);
  }

  private static double share(String text) {
    double share = Double.parseDouble(text);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(text);
    }
    return share;
  }
}
