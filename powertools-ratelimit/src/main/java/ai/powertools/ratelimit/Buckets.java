package ai.powertools.ratelimit;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The levels of all limits of a limiter. A demand is taken from all of them or from none.
 *
 * <p>Not safe for use by several threads; the gate's lock guards it.
 */
final class Buckets {
  private final List<Bucket> buckets;

  private Buckets(List<Bucket> buckets) {
    this.buckets = buckets;
  }

  /** Full ones. */
  static Buckets of(List<Limit> limits) {
    return new Buckets(limits.stream().map(Bucket::new).toList());
  }

  /** The same levels, to plan with. */
  Buckets copy() {
    return new Buckets(buckets.stream().map(Bucket::copy).toList());
  }

  void refill(long now) {
    for (Bucket bucket : buckets) {
      bucket.refill(now);
    }
  }

  /** How long after the last refill all of them can give what is demanded, at the latest. */
  long nanosUntil(Demand demand) {
    long latest = 0;
    for (Bucket bucket : buckets) {
      latest = Math.max(latest, bucket.nanosUntil(bucket.limit().of(demand)));
    }
    return latest;
  }

  /** The limit that has to be waited for longest; null when none has to be waited for. */
  @Nullable Limit slowest(Demand demand) {
    Limit slowest = null;
    long latest = 0;
    for (Bucket bucket : buckets) {
      long nanos = bucket.nanosUntil(bucket.limit().of(demand));
      if (nanos > latest) {
        latest = nanos;
        slowest = bucket.limit();
      }
    }
    return slowest;
  }

  /** Takes in a plan. */
  void take(Demand demand) {
    for (Bucket bucket : buckets) {
      bucket.take(bucket.limit().of(demand));
    }
  }

  /** Takes for good. */
  void charge(Demand demand, long number, long oldest) {
    for (Bucket bucket : buckets) {
      bucket.charge(bucket.limit().of(demand), number, oldest);
    }
  }

  /** Takes what a call used beyond what it had reserved. */
  void chargeTokens(long tokens, long number, long oldest) {
    for (Bucket bucket : buckets) {
      if (bucket.limit().kind() == Limit.Kind.TOKENS) {
        bucket.charge(tokens, number, oldest);
      }
    }
  }

  /** Gives back so much of the charge of this number to all limits that count such things. */
  void giveBack(Limit.Kind kind, long count, long number) {
    for (Bucket bucket : buckets) {
      if (bucket.limit().kind() == kind) {
        bucket.giveBack(count, number);
      }
    }
  }

  /** What the scarcest limit of a kind has; empty when there is none. */
  OptionalLong available(Limit.Kind kind) {
    return buckets.stream()
        .filter(bucket -> bucket.limit().kind() == kind)
        .mapToLong(Bucket::units)
        .min();
  }
}
