package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of limits that hold together: a demand is taken from all of them or from none. For one
 * dimension, one window and one way of counting there is one limit; several windows, such as a
 * minute and a day, hold side by side. Immutable.
 */
public final class Limits {
  private static final Limits NONE = new Limits(List.of(), OptionalInt.empty());

  private final List<Limit> list;
  private final OptionalInt concurrency;

  private Limits(List<Limit> list, OptionalInt concurrency) {
    this.list = List.copyOf(list);
    this.concurrency = concurrency;
  }

  /** No limits: everything goes through. */
  public static Limits none() {
    return NONE;
  }

  /** These limits; of two about the same thing the last counts. */
  public static Limits of(Limit... limits) {
    Limits all = NONE;
    for (Limit limit : limits) {
      all = all.with(limit);
    }
    return all;
  }

  /** So many requests and so many tokens a minute. */
  public static Limits perMinute(long requests, long tokens) {
    Duration minute = Duration.ofMinutes(1);
    return of(
        Limit.of(Dimension.REQUESTS, requests, minute), Limit.of(Dimension.TOKENS, tokens, minute));
  }

  /** These and one more, in place of the one about the same thing. */
  public Limits with(Limit limit) {
    List<Limit> more = new ArrayList<>(list);
    int at = 0;
    while (at < more.size() && !more.get(at).sameSubject(limit)) {
      at++;
    }
    if (at < more.size()) {
      more.set(at, limit);
    } else {
      more.add(limit);
    }
    return new Limits(more, concurrency);
  }

  /**
   * These, and so many calls at once.
   *
   * @throws IllegalArgumentException if {@code calls} is less than one
   */
  public Limits concurrency(int calls) {
    return new Limits(list, OptionalInt.of((int) Limit.requireCount("A concurrency", calls, 1)));
  }

  /**
   * A share of each, concurrency included, for one of several who divide limits among themselves;
   * at least one of each.
   *
   * @param share more than zero
   */
  public Limits scaled(double share) {
    Limit.requireShare(share, Double.MAX_VALUE);
    OptionalInt fewer =
        concurrency.isPresent()
            ? OptionalInt.of(
                (int) Math.min(Integer.MAX_VALUE, Limit.share(concurrency.getAsInt(), share)))
            : concurrency;
    return new Limits(list.stream().map(limit -> limit.scaled(share)).toList(), fewer);
  }

  /** What is counted by time, in the order given. */
  public List<Limit> list() {
    return list;
  }

  /** How many calls at once; empty for any number. */
  public OptionalInt concurrency() {
    return concurrency;
  }

  /** Whether everything goes through. */
  public boolean isEmpty() {
    return list.isEmpty() && concurrency.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Limits limits
        && list.equals(limits.list)
        && concurrency.equals(limits.concurrency);
  }

  @Override
  public int hashCode() {
    return 31 * list.hashCode() + concurrency.hashCode();
  }

  /** As in {@code "60 requests per minute, 8 calls at once"}. */
  @Override
  public String toString() {
    Stream<String> calls =
        concurrency.stream().mapToObj(n -> n == 1 ? "1 call at once" : n + " calls at once");
    String text =
        Stream.concat(list.stream().map(Limit::toString), calls).collect(Collectors.joining(", "));
    return text.isEmpty() ? "no limits" : text;
  }
}
