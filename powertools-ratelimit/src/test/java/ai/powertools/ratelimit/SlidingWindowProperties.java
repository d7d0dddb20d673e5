package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The exact window, against a record of everything that was taken. */
class SlidingWindowProperties {
  private static final int ROUNDS =
      Integer.getInteger("powertools.model.operations", 200_000) / 200;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final String LABEL = "-Dpowertools.seed=" + SEED;
  private static final int PARTS = 128;

  /** What was taken, and when; one that was given back is zero. */
  private static final class Taken {
    final List<long[]> taken = new ArrayList<>();

    long within(long window, long now) {
      return taken.stream().filter(one -> one[0] > now - window).mapToLong(one -> one[1]).sum();
    }
  }

  private static SlidingWindow window(long amount, long window) {
    return new SlidingWindow(
        Limit.of(Dimension.TOKENS, amount, Duration.ofNanos(window)).slidingWindow(), 0);
  }

  @Test
  void noWindowSeesMoreThanTheAmountAndNothingCountsForLongerThanItShould() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      long amount = 1L + random.nextInt(500);
      long span = 1L + random.nextInt(random.nextBoolean() ? 200 : 100_000);
      SlidingWindow window = window(amount, span);
      long part = (span + PARTS - 1) / PARTS;
      Taken record = new Taken();
      long now = 0;
      for (int i = 0; i < 200; i++) {
        now += random.nextInt((int) Math.max(2, span / 10));
        window.refill(now);
        long wanted = random.nextInt((int) amount + 1);
        if (window.nanosUntil(wanted, 0) == 0) {
          window.charge(wanted, i + 1, 0);
          record.taken.add(new long[] {now, wanted, i + 1});
        } else if (!record.taken.isEmpty() && random.nextBoolean()) {
          long[] one = record.taken.get(random.nextInt(record.taken.size()));
          long back = Math.min(one[1], random.nextInt(20));
          window.giveBack(back, one[2], one[0]);
          one[1] -= back;
        }
        assertThat(amount - window.units())
            .as(LABEL)
            .isGreaterThanOrEqualTo(record.within(span, now));
        assertThat(amount - window.units())
            .as(LABEL)
            .isLessThanOrEqualTo(record.within(span + part, now));
        assertThat(record.within(span, now)).as(LABEL).isLessThanOrEqualTo(amount);
      }
    }
  }

  @Test
  void whatItSaysToWaitIsWhenItGoesAndNotANanosecondLonger() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      long amount = 1L + random.nextInt(100);
      SlidingWindow window = window(amount, 1L + random.nextInt(10_000));
      long now = 0;
      for (int i = 0; i < 50; i++) {
        long wanted = 1L + random.nextInt((int) amount);
        long claimed = random.nextInt((int) (amount - wanted) + 1);
        long wait = window.nanosUntil(wanted, claimed);
        if (wait > 1) {
          window.refill(now + wait - 1);
          assertThat(window.nanosUntil(wanted, claimed)).as(LABEL).isPositive();
        }
        now += wait;
        window.refill(now);
        assertThat(window.nanosUntil(wanted, claimed)).as(LABEL).isZero();
        window.take(wanted);
        now += random.nextInt(100);
        window.refill(now);
      }
    }
  }

  @Test
  void aCopyGoesOnLikeTheOriginalAndLeavesItAlone() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      SlidingWindow window = window(100, 1000);
      long now = 0;
      for (int i = random.nextInt(300); i > 0; i--) {
        now += random.nextInt(20);
        window.refill(now);
        window.take(random.nextInt(3));
      }
      Level copy = window.copy();
      long before = window.units();
      assertThat(copy.units()).as(LABEL).isEqualTo(before);
      copy.take(5);
      assertThat(window.units()).as(LABEL).isEqualTo(before);
      window.take(5);
      for (int i = 0; i < 20; i++) {
        now += random.nextInt(200);
        window.refill(now);
        copy.refill(now);
        assertThat(copy.units()).as(LABEL).isEqualTo(window.units());
      }
    }
  }

  @Test
  void whatIsMissingStaysMissingUnderOtherLimits() {
    SlidingWindow window = window(100, 1000);
    window.take(30);
    Limit larger = Limit.of(Dimension.TOKENS, 200, Duration.ofNanos(1000)).slidingWindow();
    Level other = window.under(larger, 1);
    assertThat(other.units()).isEqualTo(170);
    other.giveBack(30, 1, 0);
    assertThat(other.units()).isEqualTo(170);
    other.lower(150);
    assertThat(other.units()).isEqualTo(150);
    other.lower(160);
    assertThat(other.units()).isEqualTo(150);
    other.refill(1000);
    assertThat(other.isFull()).isTrue();
    assertThat(window.under(window.limit(), 1)).isSameAs(window);
    assertThat(window.nanosUntil(101, 0)).isEqualTo(Level.NEVER);
  }

  @Test
  void whatAnOvertakenThreadTookGoesBackToo() {
    SlidingWindow window = window(10, 1000);
    window.refill(500); // by another thread, which had read the clock later
    window.charge(4, 1, 1);
    window.giveBack(4, 1, 100);
    assertThat(window.units()).isEqualTo(10);
  }

  @Test
  void whatHasExpiredDoesNotComeBackFromOthers() {
    SlidingWindow window = window(10, 1000);
    window.charge(4, 1, 1);
    window.refill(1500);
    window.charge(4, 2, 1);
    window.giveBack(4, 1, 0);
    assertThat(window.units()).isEqualTo(6);
  }

  @Test
  void whatWasTakenCountsFromItsOwnTimeUnderOtherLimitsToo() {
    SlidingWindow window = window(10, 1000);
    window.charge(4, 1, 1);
    window.refill(500);
    window.charge(3, 2, 1);
    Level slower = window.under(window.limit().slower(0.8), 2);
    assertThat(slower.units()).isEqualTo(3);
    slower.refill(1249);
    assertThat(slower.units()).isEqualTo(3);
    slower.refill(1250);
    assertThat(slower.units()).isEqualTo(7);
    slower.refill(1750);
    assertThat(slower.units()).isEqualTo(10);
  }

  @Test
  void limitsThatChangeAllTheTimeForgetNothing() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS / 10; round++) {
      Level window = window(1000, 10_000);
      Taken record = new Taken();
      long now = 0;
      for (int i = 0; i < 1000; i++) {
        now += random.nextInt(100);
        window.refill(now);
        long wanted = random.nextInt(5);
        if (window.nanosUntil(wanted, 0) == 0) {
          window.charge(wanted, i + 1, 0);
          record.taken.add(new long[] {now, wanted});
        }
        if (random.nextInt(10) == 0) {
          Limit changed = window(1000, 10_000 + random.nextInt(5_000)).limit();
          window = window.under(changed, i + 1);
        }
        assertThat(1000 - window.units())
            .as(LABEL)
            .isGreaterThanOrEqualTo(record.within(10_000, now));
      }
    }
  }
}
