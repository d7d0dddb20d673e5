package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one process holds of shared limits for calls to come, so that not each of them has to ask
 * the server. A key that is seldom used is asked for exactly what is demanded; one that is asked
 * for again within a slice's lifetime, for twice as much each time, up to {@link #size}.
 *
 * <p><b>The bound.</b> A process holds at most one slice beyond the demand it asks for, so any
 * window sees at most what the law of {@link SharedLimits} allows plus {@code processes * size}.
 * And a slice is spent within its lifetime, counted from before it was asked for; so that is also
 * at most what comes in during one lifetime.
 *
 * <p>Amounts are arrays in the order of {@link #dimensions()}; {@code now} is in nanoseconds, of a
 * clock of the process that only goes on. Nothing here waits or asks: {@link #next} says what to
 * ask, and {@link #answered} is told. Not safe for use by several threads; whoever has it guards it
 * by a lock, which need not be held while the server is asked.
 */
public final class Slices {
  private static final double SHARE = 1.0 / 50;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(1);

  /** No slice is more than what comes in during this time. */
  private static final Duration PACE = Duration.ofMillis(100);

  private static final int MOST_STEPS = 1 << 20;

  private final String key;
  private final Limits limits;
  private final List<Dimension> dimensions;
  private final long[] sizes;
  private final long lifetime;

  private final long[] left;
  private long stamp;
  private long born;

  private boolean asking;
  private boolean asked;
  private long lastAsked;
  private int steps = 1;

  private Slices(String key, Limits limits, double share, Duration lifetime) {
    this.key = key;
    this.limits = limits;
    this.dimensions = limits.list().stream().map(Limit::dimension).distinct().toList();
    this.sizes = dimensions.stream().mapToLong(one -> size(limits, one, share)).toArray();
    this.lifetime = lifetime.toNanos();
    this.left = new long[sizes.length];
  }

  /** What was held and not spent, to be given back to the server. */
  public record Unused(String key, Limits limits, Map<Dimension, Long> amounts, long stamp) {
    /** Keeps a copy of the amounts. */
    public Unused {
      amounts = Map.copyOf(amounts);
    }
  }

  /**
   * Slices of a fiftieth of a window's amount, or of what comes in during 100 ms if that is less.
   * They live for a second, or for a tenth of the shortest window if that is less.
   */
  public static Slices of(String key, Limits limits) {
    Duration lifetime =
        limits.list().stream()
            .map(limit -> limit.window().dividedBy(10))
            .reduce(LONGEST_LIFE, (one, other) -> one.compareTo(other) < 0 ? one : other);
    return of(key, limits, SHARE, lifetime);
  }

  /**
   * Slices of another size, never of more than what comes in during 100 ms.
   *
   * @param share of a window's amount that a slice is at most, from 0 for none to 1
   * @param lifetime how long a slice may be spent
   * @throws IllegalArgumentException if the share is anything else, or the lifetime not positive
   */
  public static Slices of(String key, Limits limits, double share, Duration lifetime) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A slice is a share of [0, 1], not " + share + ".");
    }
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("A slice lives for some time, not for " + lifetime + ".");
    }
    return new Slices(key, limits, share, lifetime);
  }

  private static long size(Limits limits, Dimension dimension, double share) {
    return limits.list().stream()
        .filter(limit -> limit.dimension().equals(dimension))
        .mapToLong(
            limit -> {
              double pace = Math.min(1, (double) PACE.toNanos() / limit.window().toNanos());
              return (long) (limit.amount() * Math.min(share, pace));
            })
        .min()
        .orElseThrow();
  }

  /** What the limits count, each once. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** How much of a dimension is held at most; zero where each call asks, or nothing counts it. */
  public long size(Dimension dimension) {
    int index = dimensions.indexOf(dimension);
    return index < 0 ? 0 : sizes[index];
  }

  /** Amounts in the order of the dimensions; what no limit counts is left out. */
  public long[] counted(Map<Dimension, Long> amounts) {
    return dimensions.stream()
        .mapToLong(dimension -> amounts.getOrDefault(dimension, 0L))
        .toArray();
  }

  /** Whether so much can be taken without asking. */
  public boolean covers(long[] amounts, long now) {
    if (now - born >= lifetime) {
      return isNothing(amounts);
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] < amounts[i]) {
        return false;
      }
    }
    return true;
  }

  /** Takes it, if it is there; allocates nothing. */
  public boolean take(long[] amounts, long now) {
    if (!covers(amounts, now)) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      left[i] -= amounts[i];
    }
    return true;
  }

  private static boolean isNothing(long[] amounts) {
    for (long amount : amounts) {
      if (amount != 0) {
        return false;
      }
    }
    return true;
  }

  /** The slice that {@link #take} takes from now, for {@link #giveBack}. */
  public long stamp() {
    return stamp;
  }

  /**
   * Puts back what a call took and did not use.
   *
   * @param from the stamp of the slice when it was taken
   * @return false if that slice is no more: then it goes back to the server, with that stamp
   */
  public boolean giveBack(long[] amounts, long from, long now) {
    if (from != stamp || now - born >= lifetime) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] + amounts[i] > sizes[i]) {
        return false; // the bound is one slice
      }
    }
    for (int i = 0; i < left.length; i++) {
      left[i] += amounts[i];
    }
    return true;
  }

  /**
   * What to ask the server for a demand that is not covered. Empty while a slice has been asked
   * for: try again when {@link #answered} was told.
   *
   * @param maxWait as in {@link SharedTake#maxWait}
   */
  public Optional<SharedTake> next(long[] wanted, Duration maxWait, long now) {
    if (asking) {
      return Optional.empty();
    }
    steps = asked && now - lastAsked < lifetime ? Math.min(steps * 2, MOST_STEPS) : 1;
    asked = true;
    lastAsked = now;
    Map<Dimension, Long> least = new HashMap<>();
    Map<Dimension, Long> most = new HashMap<>();
    for (int i = 0; i < left.length; i++) {
      long more = Math.max(0, spare(i, wanted[i]) - left[i]);
      least.put(dimensions.get(i), wanted[i]);
      most.put(dimensions.get(i), wanted[i] + more);
      asking |= more > 0;
    }
    return Optional.of(SharedTake.of(key, limits, least).upTo(most).within(maxWait));
  }

  private long spare(int index, long wanted) {
    long times = steps - 1L;
    return times == 0 || wanted == 0
        ? 0
        : wanted >= sizes[index] / times + 1
            ? sizes[index]
            : Math.min(sizes[index], wanted * times);
  }

  /**
   * The server has answered, or failed to. What it granted beyond the demand is held from now on;
   * the demand itself is the asker's.
   *
   * @param grant empty when there was no answer
   * @return what was held before and has grown too old
   */
  public Optional<Unused> answered(SharedTake take, Optional<Grant> grant, long now) {
    boolean slice = !take.most().equals(take.least());
    if (slice) {
      asking = false;
    }
    if (!slice || grant.isEmpty() || !grant.get().granted()) {
      return Optional.empty();
    }
    Optional<Unused> old = unused(now);
    if (isNothing(left)) {
      stamp = grant.get().stamp();
      born = lastAsked;
    }
    for (int i = 0; i < left.length; i++) {
      Dimension dimension = dimensions.get(i);
      left[i] +=
          grant.get().amounts().getOrDefault(dimension, 0L)
              - take.least().getOrDefault(dimension, 0L);
    }
    return old;
  }

  /** What is held and has grown too old to be spent; it is not held any more. */
  public Optional<Unused> unused(long now) {
    return now - born < lifetime ? Optional.empty() : rest();
  }

  /** All that is held; it is not held any more. For the end of a process. */
  public Optional<Unused> rest() {
    if (isNothing(left)) {
      return Optional.empty();
    }
    Map<Dimension, Long> amounts = new HashMap<>();
    for (int i = 0; i < left.length; i++) {
      amounts.put(dimensions.get(i), left[i]);
    }
    Arrays.fill(left, 0);
    return Optional.of(new Unused(key, limits, amounts, stamp));
  }

  /** How long a slice may be spent. */
  public Duration lifetime() {
    return Duration.ofNanos(lifetime);
  }
}
