package ai.powertools.ratelimit.simulation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A load that is made up. Calls come independently of each other at a mean rate (a Poisson
 * process), and on top of that perhaps so many at once every now and then. Sizes and times of calls
 * are exponentially distributed around their means, and a call uses a half to all of what it asks
 * for. The same traffic gives the same calls on every machine.
 *
 * @param callsPerMinute the mean rate; zero or more
 * @param length how long calls come; more than zero, and not more than a year
 * @param tokens the mean of what a call asks for; zero: none
 * @param takes the mean of how long a call runs
 * @param burst how many come at once every {@code burstEvery}, from the start; zero: none
 * @param burstEvery more than zero
 * @param tenants on whose behalf, evenly; empty: nobody's
 * @param patience how long each waits at most; zero: without end
 * @param seed chooses among all traffics of this kind
 */
public record Traffic(
    double callsPerMinute,
    Duration length,
    long tokens,
    Duration takes,
    int burst,
    Duration burstEvery,
    List<String> tenants,
    Duration patience,
    long seed) {
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Refuses what makes no calls, and too much.
   *
   * @throws IllegalArgumentException if a number is not in its range
   */
  public Traffic {
    check(callsPerMinute >= 0 && callsPerMinute <= 1e9, "rate", "0 to 1,000,000,000 a minute");
    check(positive(length) && length.compareTo(LONGEST) <= 0, "for", "more than 0, a year at most");
    check(tokens >= 0 && tokens <= 1_000_000_000_000L, "tokens", "0 to 1,000,000,000,000");
    check(!takes.isNegative(), "takes", "0 or more");
    check(burst >= 0, "burst", "0 or more");
    check(
        positive(burstEvery) && burstEvery.compareTo(LONGEST) <= 0,
        "burst",
        "of a time that is more than 0, a year at most");
    check(!patience.isNegative(), "patience", "0 or more");
    tenants = List.copyOf(tenants);
  }

  /** Calls without tokens, that end at once and wait without end. */
  public static Traffic of(double callsPerMinute, Duration length) {
    return new Traffic(
        callsPerMinute,
        length,
        0,
        Duration.ZERO,
        0,
        Duration.ofMinutes(1),
        List.of(),
        Duration.ZERO,
        1);
  }

  /**
   * From its text: {@code rate=50/m, for=10m, tokens=1500, takes=3s, burst=20/1m, tenants=a b,
   * patience=30s, seed=7}, of which all but the first two may be missing.
   *
   * @throws IllegalArgumentException if it can't be read; the message names the item and the remedy
   */
  public static Traffic parse(String text) {
    return TrafficNotation.parse(text);
  }

  /** The same, each asking for so many tokens on average. */
  public Traffic tokens(long mean) {
    return new Traffic(
        callsPerMinute, length, mean, takes, burst, burstEvery, tenants, patience, seed);
  }

  /** The same, each running for so long on average. */
  public Traffic takes(Duration mean) {
    return new Traffic(
        callsPerMinute, length, tokens, mean, burst, burstEvery, tenants, patience, seed);
  }

  /** The same, with so many more at once every now and then. */
  public Traffic burst(int calls, Duration every) {
    return new Traffic(
        callsPerMinute, length, tokens, takes, calls, every, tenants, patience, seed);
  }

  /** The same, for these tenants in turn by chance. */
  public Traffic tenants(List<String> names) {
    return new Traffic(
        callsPerMinute, length, tokens, takes, burst, burstEvery, names, patience, seed);
  }

  /** The same, each waiting so long at most. */
  public Traffic patience(Duration most) {
    return new Traffic(
        callsPerMinute, length, tokens, takes, burst, burstEvery, tenants, most, seed);
  }

  /** Another one of its kind. */
  public Traffic seed(long other) {
    return new Traffic(
        callsPerMinute, length, tokens, takes, burst, burstEvery, tenants, patience, other);
  }

  Stream<TracedCall> calls() {
    return new TrafficCalls(this).stream();
  }

  /** As in {@code "55 calls a minute for 30.0 min, 30 more every 5.00 min, seed 1"}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
            BigDecimal.valueOf(callsPerMinute)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString())
        .append(" calls a minute for ")
        .append(Notation.text(length));
    if (burst > 0) {
      text.append(", ").append(burst).append(" more every ").append(Notation.text(burstEvery));
    }
    if (tokens > 0) {
      text.append(", ").append(tokens).append(" tokens each");
    }
    if (!takes.isZero()) {
      text.append(", each taking ").append(Notation.text(takes));
    }
    if (!tenants.isEmpty()) {
      text.append(", for ").append(String.join(" and ", tenants));
    }
    if (!patience.isZero()) {
      text.append(", waiting at most ").append(Notation.text(patience));
    }
    return text.append(", seed ").append(seed).toString();
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void check(boolean holds, String item, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s of a traffic must be %s.".formatted(item, range));
    }
  }
}
