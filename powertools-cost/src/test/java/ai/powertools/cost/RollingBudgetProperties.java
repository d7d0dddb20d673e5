package ai.powertools.cost;

import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.cents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In whatever stretch of time of the window's length one looks, the calls that began within it have
 * spent no more than the limit, and an amount is free again a sixtieth after it has left, at most.
 */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class RollingBudgetProperties extends KeptLedger {
  private static final int STEPS = 400;
  private static final int CASES =
      Math.max(1, Integer.getInteger("powertools.model.operations", 4_000) / STEPS);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Usd LIMIT = Usd.of("3");

  /** A call under way that may cost so many cents each time it is tried. */
  private record Open(CallSpan span, int most) {}

  private record Charge(Instant beganAt, Usd amount) {}

  private final List<Charge> charges = new ArrayList<>();
  private int refused;

  RollingBudgetProperties(Keeping keeping) {
    super(keeping);
  }

  @Test
  void noStretchOfTheLengthEverHasMore() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      Duration length = Duration.ofSeconds(60 + random.nextInt(20_000), random.nextInt(1_000_000));
      charges.clear();
      try (Store own = Store.inMemory()) {
        live(own, length, random, "-Dpowertools.seed=%d in any %s".formatted(seed, length));
      }
    }
    assertThat(refused).isPositive(); // a limit that nobody ever reached would prove nothing
  }

  private void live(Store own, Duration length, Random random, String label) {
    VirtualClock time = VirtualClock.at(MORNING);
    CostTrackerBuilder builder =
        builder().time(time).budget(Budget.of(LIMIT).rolling(length).named("rolling"));
    CostTracker tracker = (keeping == Keeping.IN_A_STORE ? builder.store(own) : builder).build();
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      time.advance(length.dividedBy(200).multipliedBy(random.nextInt(12)));
      int what = random.nextInt(10);
      int at = open.isEmpty() ? 0 : random.nextInt(open.size());
      if (what < 5 || open.isEmpty()) {
        begin(tracker, 1 + random.nextInt(60), open);
      } else if (what < 8) {
        if (!goOn(open.get(at), random)) {
          end(open.remove(at), random);
        }
      } else {
        end(open.remove(at), random);
      }
      BudgetStatus status = status(tracker, "rolling");
      assertThat(status.spent().plus(status.reserved())).as(label).isLessThanOrEqualTo(LIMIT);
      Instant late = time.instant().minus(length).minus(length.dividedBy(60));
      assertThat(status.spent()).as(label).isLessThanOrEqualTo(begunWithin(late, time.instant()));
    }
    for (Charge first : charges) {
      assertThat(begunWithin(first.beganAt(), first.beganAt().plus(length)))
          .as("%s from %s", label, first.beganAt())
          .isLessThanOrEqualTo(LIMIT);
    }
  }

  private Usd begunWithin(Instant first, Instant last) {
    return charges.stream()
        .filter(one -> !one.beganAt().isBefore(first) && !one.beganAt().isAfter(last))
        .map(Charge::amount)
        .reduce(Usd.ZERO, Usd::plus);
  }

  private void begin(CostTracker tracker, int most, List<Open> open) {
    try {
      open.add(new Open(tracker.trackCall("t").model(PENNY).tokens(0, most).start(), most));
    } catch (BudgetExceededException e) {
      refused++;
    }
  }

  /** Fails, and is tried again where that is covered. */
  private boolean goOn(Open call, Random random) {
    settle(call.span().record(Attempt.failed().used(cents(used(call, random)), Certainty.EXACT)));
    try {
      call.span().topUp();
      return true;
    } catch (BudgetExceededException e) {
      refused++;
      return false;
    }
  }

  private void end(Open call, Random random) {
    if (call.span().attempts() == 0) {
      Certainty certainty = random.nextBoolean() ? Certainty.UNKNOWN : Certainty.EXACT;
      Attempt last = Attempt.of(Outcome.SUCCEEDED, cents(used(call, random)), certainty);
      settle(call.span().recordLast(last));
    } else {
      call.span().notSent();
    }
  }

  private static int used(Open call, Random random) {
    return random.nextInt(call.most() + 1);
  }

  private void settle(LedgerEntry entry) {
    charges.add(new Charge(entry.beganAt(), entry.counted()));
  }

  @Test
  void aCallThatGoesOnForLongFitsIntoTheWindowsThatItBeganIn() {
    Duration hour = Duration.ofHours(1);
    CostTracker tracker = tracker(Budget.usd(1).rolling(hour).named("b"));
    try (CallSpan span = Calls.start(tracker, 80)) {
      span.usage(cents(80));
    }
    clock.advance(Duration.ofMinutes(50));
    CallSpan old = Calls.start(tracker, 15);
    clock.advance(Duration.ofMinutes(30));
    Calls.start(tracker, 50).notSent(); // the 80 have left the hour that ends now

    old.record(Attempt.failed().used(cents(15), Certainty.EXACT));
    assertThatThrownBy(old::topUp)
        .isInstanceOf(BudgetExceededException.class)
        .hasMessageContaining("spent $0.95");
    old.notSent();
  }

  @Test
  void anAmountLeavesASixtiethLateAtMost() {
    CostTracker tracker = tracker(Budget.usd(1).rolling(Duration.ofHours(1)).named("b"));
    try (CallSpan span = Calls.start(tracker, 100)) {
      span.usage(cents(100));
    }
    clock.advance(Duration.ofHours(1));
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("1"));
    assertThatThrownBy(() -> Calls.start(tracker, 1)).isInstanceOf(BudgetExceededException.class);

    clock.advance(Duration.ofMinutes(1));
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.ZERO);
    Calls.start(tracker, 100).notSent();
  }
}
