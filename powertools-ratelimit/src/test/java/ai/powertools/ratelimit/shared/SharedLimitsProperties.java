package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Counting;
import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import ai.powertools.testing.RandomInput;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The law of {@link SharedLimits}, added up over all spans between grants. */
class SharedLimitsProperties {
  private static final int STEPS = 120;

  /** What was granted, less what was given back. */
  private record Use(long at, long stamp, Map<Dimension, Long> granted, Map<Dimension, Long> kept) {
    long granted(Limit limit) {
      return granted.getOrDefault(limit.dimension(), 0L);
    }

    long kept(Limit limit) {
      return kept.getOrDefault(limit.dimension(), 0L);
    }
  }

  @Test
  void noSpanSeesMoreThanTheLawAllows() {
    RandomInput.check(
        RandomInput.size("powertools.test.shared.cases", 400),
        random -> {
          RandomTakes takes = RandomTakes.of(random, "key");
          List<Use> uses = play(takes, random);
          for (Limit limit : takes.limits().list()) {
            if (limit.counting() == Counting.SLIDING_WINDOW) {
              checkWindow(limit, uses);
            } else {
              checkBucket(limit, uses);
            }
          }
        });
  }

  private static List<Use> play(RandomTakes takes, RandomInput random) {
    AtomicLong now = new AtomicLong(1_000_000_000_000L);
    SharedLimits shared = InMemoryLimits.on(now::get);
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      now.addAndGet(Question.micros(takes.pause()));
      if (!uses.isEmpty() && random.chance(0.4)) {
        Use use = uses.get(random.ints(Math.max(0, uses.size() - 12), uses.size()));
        Map<Dimension, Long> part = takes.part(use.kept());
        shared.giveBack("key", takes.limits(), part, use.stamp()).join();
        part.forEach((dimension, count) -> use.kept().merge(dimension, -count, Long::sum));
      } else {
        Grant grant = shared.take(takes.take("lease " + i)).join();
        if (grant.granted()) {
          uses.add(
              new Use(
                  now.get() + Question.micros(grant.delay()),
                  grant.stamp(),
                  grant.amounts(),
                  new HashMap<>(grant.amounts())));
        }
      }
    }
    return uses;
  }

  private static void checkBucket(Limit limit, List<Use> uses) {
    BigInteger window = BigInteger.valueOf(Question.micros(limit.window()));
    for (int last = 0; last < uses.size(); last++) {
      Use end = uses.get(last);
      if (end.granted(limit) == 0) {
        continue; // the law is about spans that end when something is taken of the limit
      }
      long sum = 0;
      for (int first = last; first >= 0; first--) {
        sum += uses.get(first).kept(limit);
        long span = end.at() - uses.get(first).at();
        BigInteger allowed =
            BigInteger.valueOf(limit.amount())
                .multiply(BigInteger.valueOf(span))
                .divide(window)
                .add(BigInteger.valueOf(Math.max(limit.burst(), end.granted(limit))));
        assertThat(BigInteger.valueOf(sum))
            .as("%s, grants %d to %d, in %s", limit, first, last, Duration.ofNanos(span * 1_000))
            .isLessThanOrEqualTo(allowed);
      }
    }
  }

  private static void checkWindow(Limit limit, List<Use> uses) {
    long window = Question.micros(limit.window());
    for (int last = 0; last < uses.size(); last++) {
      long sum = 0;
      for (int first = last; first >= 0; first--) {
        if (uses.get(last).at() - uses.get(first).at() < window) {
          sum += uses.get(first).kept(limit);
        }
      }
      assertThat(sum).as("%s at grant %d", limit, last).isLessThanOrEqualTo(limit.amount());
    }
  }

  @Test
  void divisionsAreExactWhateverTheirSize() {
    RandomInput.check(
        5_000,
        random -> {
          long a = random.longs(0, 1L << random.ints(1, 50));
          long b = random.longs(0, 1L << random.ints(1, 52));
          long divisor = random.longs(1, 1L << random.ints(1, 50));
          long c = random.longs(0, 1L << random.ints(1, 51));
          BigInteger exact =
              BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).add(BigInteger.valueOf(c));
          Quotient quotient = Quotient.of(a, b, c, divisor);
          if (quotient.whole() == Quotient.FAR) {
            assertThat(exact.divide(BigInteger.valueOf(divisor)))
                .isGreaterThanOrEqualTo(BigInteger.valueOf(Quotient.FAR));
          } else {
            assertThat(
                    BigInteger.valueOf(quotient.whole())
                        .multiply(BigInteger.valueOf(divisor))
                        .add(BigInteger.valueOf(quotient.rest())))
                .isEqualTo(exact);
            assertThat(quotient.rest()).isBetween(0L, divisor - 1);
          }
        });
  }
}
