package ai.powertools.cost;

import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.cents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A budget that comes to a ledger with a history stands where it would stand had it been there all
 * along, and goes on from there with the calls of whoever shares the ledger.
 */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class BackfillProperties extends KeptLedger {
  private static final int STEPS = 150;
  private static final int CASES =
      Math.max(1, Integer.getInteger("powertools.model.operations", 3_000) / STEPS);
  private static final int BUDGETS = 8;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  /** 45 days, so that months and weeks end within it, and its clocks are changed. */
  private static final Duration MOST_AT_ONCE = Duration.ofHours(14);

  private static final Instant BEGIN = Instant.parse("2026-10-05T10:00:00.123456Z");
  private static final Model DIME =
      Model.builder("zeta", "dime").prices(Prices.of(Usd.ZERO, Usd.of("100000"))).build();
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Asia/Kathmandu"),
          ZoneId.of("Pacific/Chatham"),
          ZoneId.of("Australia/Lord_Howe"));

  /** What was charged, as it was told. */
  private record Charge(Attributes attributes, Instant beganAt, Usd amount) {}

  /** A call under way and what is left of its reservation. */
  private static final class Flight {
    private final CallSpan span;
    private final Attributes attributes;
    private final Instant beganAt;
    private final Usd most;
    private Usd left;

    Flight(CallSpan span, Attributes attributes, Instant beganAt, Usd most) {
      this.span = span;
      this.attributes = attributes;
      this.beganAt = beganAt;
      this.most = most;
      this.left = most;
    }
  }

  private VirtualClock time = VirtualClock.at(BEGIN);
  private Random random = new Random(SEED);
  private final List<Charge> charges = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();
  private Instant pruned = Instant.EPOCH;
  private ZoneId zone = ZONES.get(0);

  BackfillProperties(Keeping keeping) {
    super(keeping);
  }

  @Test
  void aBudgetKnowsWhatWasBeforeIt() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      random = new Random(seed);
      time = VirtualClock.at(BEGIN);
      zone = any(ZONES);
      charges.clear();
      flights.clear();
      pruned = Instant.EPOCH;
      try (Store own = Store.inMemory()) {
        check(own, "-Dpowertools.seed=%d, days in %s".formatted(seed, zone));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallUnderWayFitsIntoTheWindowItBeganInAlsoIfTheBudgetIsYounger(boolean rolling) {
    CostTracker tracker = tracker();
    CallSpan spent = Calls.start(tracker, 80);
    spent.recordLast(Attempt.succeeded(cents(80)));
    clock.advance(Duration.ofHours(13));
    CallSpan old = Calls.start(tracker, 15);
    clock.advance(Duration.ofHours(12));
    Budget daily = Budget.usd(1).named("late");
    tracker.setBudget(rolling ? daily.rolling(Duration.ofDays(1)) : daily.per(Period.DAY));
    assertThat(status(tracker, "late").spent()).isEqualTo(Usd.ZERO);

    old.record(Attempt.failed().used(cents(15), Certainty.EXACT));
    assertThatThrownBy(old::topUp)
        .isInstanceOf(BudgetExceededException.class)
        .hasMessageContaining("spent $0.95 + reserved $0.00 + this call at most $0.15 > $1.00");
    old.notSent();
  }

  private void check(Store own, String label) {
    CostTracker first = build(own);
    live(first, STEPS);
    CostTracker second = keeping == Keeping.IN_MEMORY ? first : build(own);
    Map<String, Budget> budgets = new TreeMap<>();
    for (int i = 0; i < BUDGETS; i++) {
      Budget budget = budget().named("b" + i).softLimit();
      if (knows(budget)) {
        budgets.put(budget.name(), budget);
        second.setBudget(budget);
      }
    }
    stand(second, budgets, label);
    live(first, STEPS / 3);
    stand(second, budgets, label + ", later");
  }

  private CostTracker build(Store own) {
    CostTrackerBuilder builder = builder().time(time).zone(zone);
    return (keeping == Keeping.IN_A_STORE ? builder.store(own) : builder).build();
  }

  /** Whether the ledger still has the entries that the sums of this budget need. */
  private boolean knows(Budget budget) {
    if (pruned.equals(Instant.EPOCH)) {
      return true;
    }
    boolean ofDays =
        budget.window() instanceof Window.Calendar calendar
            && !budget.scope().mentions(Attributes.SESSION)
            && (calendar.period() == Period.EVER
                || (calendar.period() != Period.HOUR && calendar.zone().equals(zone)));
    return ofDays
        || !budget.window().start(time.instant()).minus(Duration.ofDays(2)).isBefore(pruned);
  }

  private Budget budget() {
    Budget budget = Budget.usd(1_000);
    budget = random.nextInt(3) == 0 ? budget.where("team", any(List.of("a", "b"))) : budget;
    budget = random.nextInt(5) == 0 ? budget.where("session", "s1") : budget;
    budget = random.nextInt(5) == 0 ? budget.where("provider", "zeta") : budget;
    budget = random.nextInt(3) == 0 ? budget.forEach("model") : budget;
    budget = random.nextInt(3) == 0 ? budget.forEach("team", "user") : budget;
    budget = random.nextInt(6) == 0 ? budget.forEach("session") : budget;
    if (random.nextInt(3) == 0) {
      return budget.rolling(Duration.ofSeconds(60 + random.nextInt(20 * 86_400)));
    }
    return budget
        .per(any(List.of(Period.values())))
        .in(random.nextBoolean() ? zone : any(ZONES))
        .startingOn(any(List.of(DayOfWeek.values())))
        .startingOnDay(1 + random.nextInt(28));
  }

  /** Calls begin, fail, go on, end and are called off while time passes. */
  private void live(CostTracker tracker, int steps) {
    for (int i = 0; i < steps; i++) {
      time.advance(Duration.ofSeconds(random.nextLong(MOST_AT_ONCE.toSeconds())));
      int what = random.nextInt(10);
      if (what < 4 || flights.isEmpty()) {
        flights.add(begin(tracker));
      } else if (what < 7) {
        attempt(any(flights));
      } else {
        end(any(flights));
      }
      if (random.nextInt(100) == 0) {
        pruned = time.instant().minus(Duration.ofDays(random.nextInt(10)));
        tracker.prune(pruned);
      }
    }
  }

  private Flight begin(CostTracker tracker) {
    Model model = random.nextInt(3) == 0 ? DIME : PENNY;
    Attributes attributes = Attributes.of("task", any(List.of("chat", "code")));
    attributes =
        random.nextBoolean() ? attributes.with("team", any(List.of("a", "b"))) : attributes;
    attributes =
        random.nextBoolean() ? attributes.with("user", any(List.of("u", "v"))) : attributes;
    attributes =
        random.nextBoolean() ? attributes.with("session", any(List.of("s1", "s2"))) : attributes;
    int most = 1 + random.nextInt(50);
    CallDescription call = tracker.trackCall("chat").tags(attributes).model(model).tokens(0, most);
    Usd amount = model.equals(DIME) ? Usd.cents(10L * most) : Usd.cents(most);
    return new Flight(call.start(), attributes.of(model), time.instant(), amount);
  }

  private void attempt(Flight flight) {
    Usage usage = cents(random.nextInt(30));
    Attempt attempt = Attempt.of(Outcome.FAILED, usage, any(List.of(Certainty.values())));
    LedgerEntry entry =
        flight.span.record(
            random.nextInt(4) == 0
                ? attempt.servedBy(random.nextBoolean() ? PENNY : DIME)
                : attempt);
    charges.add(new Charge(entry.attributes(), entry.beganAt(), entry.counted()));
    Usd left = flight.left.minus(entry.counted());
    flight.left = left.isNegative() ? Usd.ZERO : left;
    if (random.nextInt(3) == 0) {
      flight.span.topUp();
      flight.left = flight.most;
    }
  }

  private void end(Flight flight) {
    if (flight.span.attempts() == 0 || random.nextBoolean()) {
      LedgerEntry entry = flight.span.recordLast(Attempt.succeeded(cents(random.nextInt(30))));
      charges.add(new Charge(entry.attributes(), entry.beganAt(), entry.counted()));
    }
    flight.span.close();
    flights.remove(flight);
  }

  private void stand(CostTracker tracker, Map<String, Budget> budgets, String label) {
    Instant now = time.instant();
    Map<String, Map<String, BudgetStatus>> found = new TreeMap<>();
    for (BudgetStatus status : tracker.budgets()) {
      found
          .computeIfAbsent(status.budget().name(), unused -> new TreeMap<>())
          .put(status.share(), status);
    }
    budgets.forEach(
        (name, budget) -> {
          Map<String, BudgetStatus> shares = found.getOrDefault(name, Map.of());
          String which = "%s: %s %s at %s".formatted(label, budget, budget.window(), now);
          checkReserved(budget, shares, now, which);
          if (budget.window() instanceof Window.Rolling rolling) {
            Instant from = now.minus(rolling.length());
            checkRolling(budget, shares, from, rolling.length().dividedBy(60), which);
          } else {
            Instant start = budget.window().start(now);
            assertThat(nonZero(shares, true))
                .as(which)
                .isEqualTo(
                    spent(budget, charge -> budget.window().start(charge.beganAt()).equals(start)));
          }
        });
  }

  private void checkReserved(
      Budget budget, Map<String, BudgetStatus> shares, Instant now, String which) {
    Map<String, Usd> expected = new TreeMap<>();
    for (Flight flight : flights) {
      boolean counts =
          budget.window() instanceof Window.Rolling
              || budget.window().start(flight.beganAt).equals(budget.window().start(now));
      if (counts && !flight.left.isZero()) {
        share(budget, flight.attributes)
            .forEach(share -> expected.merge(share, flight.left, Usd::plus));
      }
    }
    assertThat(nonZero(shares, false)).as(which + ", reserved").isEqualTo(expected);
  }

  /** An amount leaves the window up to a sixtieth late, and never early. */
  private void checkRolling(
      Budget budget, Map<String, BudgetStatus> shares, Instant from, Duration part, String which) {
    Map<String, Usd> least = spent(budget, charge -> charge.beganAt().isAfter(from));
    Map<String, Usd> most = spent(budget, charge -> charge.beganAt().isAfter(from.minus(part)));
    Map<String, Usd> are = nonZero(shares, true);
    least.forEach(
        (share, amount) ->
            assertThat(are.getOrDefault(share, Usd.ZERO)).as(which).isGreaterThanOrEqualTo(amount));
    are.forEach(
        (share, amount) ->
            assertThat(amount).as(which).isLessThanOrEqualTo(most.getOrDefault(share, Usd.ZERO)));
  }

  private Map<String, Usd> spent(Budget budget, Predicate<Charge> which) {
    Map<String, Usd> sums = new TreeMap<>();
    for (Charge charge : charges) {
      if (which.test(charge) && !charge.amount().isZero()) {
        share(budget, charge.attributes())
            .forEach(share -> sums.merge(share, charge.amount(), Usd::plus));
      }
    }
    return sums;
  }

  /** The name of the share that it counts in, none where it does not. */
  private static List<String> share(Budget budget, Attributes attributes) {
    for (Map.Entry<String, String> wanted : budget.scope().where().entrySet()) {
      if (!wanted.getValue().equals(attributes.asMap().get(wanted.getKey()))) {
        return List.of();
      }
    }
    List<String> parts = new ArrayList<>();
    for (String each : budget.scope().each()) {
      String value = attributes.asMap().get(each);
      parts.add(value == null ? "no " + each : each + "=" + value);
    }
    return List.of(String.join(" ", parts));
  }

  private static Map<String, Usd> nonZero(Map<String, BudgetStatus> shares, boolean spent) {
    Map<String, Usd> amounts = new TreeMap<>();
    shares.forEach(
        (share, status) -> amounts.put(share, spent ? status.spent() : status.reserved()));
    amounts.values().removeIf(Usd::isZero);
    return amounts;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
