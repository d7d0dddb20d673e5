package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is summed up by day and attributes is what the entries themselves come to, whatever came in
 * which order, was told twice, was given up and came after all, or was forgotten meanwhile.
 */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class RollUpProperties extends KeptLedger {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 1_600) / 80;
  private static final int ENTRIES = 80;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private record Key(String callId, int attempt) {}

  private record Group(LocalDate day, Attributes attributes) {}

  /** The entries that count, as a ledger without sums would have them. */
  private final Map<Key, LedgerEntry> entries = new HashMap<>();

  /** The attempts that were made because the one before had failed. */
  private final Set<Key> repeated = new HashSet<>();

  RollUpProperties(Keeping keeping) {
    super(keeping);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Asia/Kathmandu", "America/St_Johns"})
  void sumsAreWhatTheEntriesComeTo(ZoneId zone) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      try (Store own = Store.inMemory()) {
        CostTrackerBuilder builder = builder().zone(zone);
        CostTracker tracker =
            (keeping == Keeping.IN_A_STORE ? builder.store(own) : builder).build();
        entries.clear();
        repeated.clear();
        check(tracker, zone, random, "-Dpowertools.seed=%d in %s".formatted(seed, zone));
      }
    }
  }

  private void check(CostTracker tracker, ZoneId zone, Random random, String label) {
    RandomEntries source = new RandomEntries(random, MORNING);
    for (int i = 0; i < ENTRIES; i++) {
      tell(tracker, source.next());
      if (random.nextInt(20) == 0) {
        same(rolledUp(tracker), summed(zone), label + ", entry " + i);
      }
    }
    Map<Group, Totals> expected = summed(zone);
    same(rolledUp(tracker), expected, label);
    assertThat(tracker.total())
        .as(label)
        .isEqualTo(Spending.of(expected.values().stream().reduce(Totals.NONE, Totals::plus)));
    wasteIsEachDollarOnce(expected, label);

    Instant moment = MORNING.plusSeconds(random.nextInt(3 * 86_400));
    long gone = entries.values().stream().filter(e -> e.beganAt().isBefore(moment)).count();
    assertThat(tracker.prune(moment)).as(label).isEqualTo(gone);
    assertThat(tracker.prune(moment)).as(label).isZero();
    assertThat(tracker.recent(ENTRIES)).as(label).hasSize((int) (entries.size() - gone));
    assertThat(tracker.prune(FAR)).as(label).isEqualTo(entries.size() - gone);
    same(rolledUp(tracker), expected, label);
  }

  private void wasteIsEachDollarOnce(Map<Group, Totals> totals, String label) {
    Usd wasted = Usd.ZERO;
    for (LedgerEntry entry : entries.values()) {
      boolean useless = entry.outcome() != Outcome.SUCCEEDED || entry.use() != Use.USED;
      wasted = useless ? wasted.plus(entry.cost().orElse(Usd.ZERO)) : wasted;
    }
    Totals all = totals.values().stream().reduce(Totals.NONE, Totals::plus);
    assertThat(all.waste().total()).as(label).isEqualTo(wasted);
  }

  private void tell(CostTracker tracker, LedgerEntry entry) {
    tracker.ledger().surely(accounting -> accounting.settle(entry, Optional.empty(), false));
    Key key = new Key(entry.callId(), entry.attempt());
    LedgerEntry there = entries.get(key);
    if (there != null && (there.outcome() != Outcome.LOST || entry.outcome() == Outcome.LOST)) {
      return;
    }
    entries.put(key, entry);
    LedgerEntry before = entries.get(new Key(entry.callId(), entry.attempt() - 1));
    if (before != null && before.wasForNothing() && !before.cost().orElse(Usd.ZERO).isZero()) {
      repeated.add(key);
    }
  }

  private static void same(Map<Group, Totals> are, Map<Group, Totals> expected, String label) {
    assertThat(are.keySet()).as(label).isEqualTo(expected.keySet());
    are.forEach((group, totals) -> assertThat(totals).as(label).isEqualTo(expected.get(group)));
  }

  private static Map<Group, Totals> rolledUp(CostTracker tracker) {
    Map<Group, Totals> all = new HashMap<>();
    for (DayTotals day : tracker.ledger().readings().days(LocalDate.MIN, LocalDate.MAX)) {
      Totals twice = all.put(new Group(day.day(), day.attributes()), day.totals());
      assertThat(twice).isNull();
    }
    return all;
  }

  private Map<Group, Totals> summed(ZoneId zone) {
    Map<Group, List<LedgerEntry>> groups = new HashMap<>();
    for (LedgerEntry entry : entries.values()) {
      Group group =
          new Group(
              entry.beganAt().atZone(zone).toLocalDate(),
              entry.attributes().without(Attributes.SESSION));
      groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(entry);
    }
    Map<Group, Totals> all = new HashMap<>();
    groups.forEach((group, some) -> all.put(group, totals(some)));
    return all;
  }

  private Totals totals(List<LedgerEntry> some) {
    Predicate<LedgerEntry> succeeded = entry -> entry.outcome() == Outcome.SUCCEEDED;
    Predicate<LedgerEntry> truncated = succeeded.and(entry -> entry.use() == Use.TRUNCATED);
    Predicate<LedgerEntry> unused = succeeded.and(entry -> entry.use() == Use.UNUSED);
    Predicate<LedgerEntry> failed = entry -> entry.outcome() == Outcome.FAILED;
    Predicate<LedgerEntry> cancelled = entry -> entry.outcome() == Outcome.CANCELLED;
    Predicate<LedgerEntry> again =
        failed
            .or(cancelled)
            .and(entry -> repeated.contains(new Key(entry.callId(), entry.attempt() + 1)));
    Predicate<LedgerEntry> unknown = entry -> entry.cost().isEmpty();
    Usage usage = Usage.ZERO;
    Usd saved = Usd.ZERO;
    Usd most = Usd.ZERO;
    Map<Integer, Long> latencies = new TreeMap<>();
    for (LedgerEntry entry : some) {
      usage = usage.plus(entry.usage());
      saved = saved.plus(entry.cacheSavings());
      most = unknown.test(entry) ? most.plus(entry.atMost().orElse(Usd.ZERO)) : most;
      entry.latency().ifPresent(took -> latencies.merge(Latencies.bucket(took), 1L, Long::sum));
    }
    boolean boundless = some.stream().anyMatch(unknown.and(entry -> entry.atMost().isEmpty()));
    return new Totals(
        count(some, entry -> entry.attempt() == 1),
        some.size(),
        count(some, succeeded),
        count(some, failed),
        count(some, cancelled),
        count(some, entry -> entry.outcome() == Outcome.LOST),
        count(some, truncated),
        count(some, unused),
        count(some, entry -> entry.certainty() == Certainty.ESTIMATED),
        count(some, unknown),
        cost(some, entry -> true),
        boundless ? Optional.empty() : Optional.of(most),
        usage,
        saved,
        new Waste(
            cost(some, again),
            cost(some, failed.and(again.negate())),
            cost(some, cancelled.and(again.negate())),
            cost(some, truncated),
            cost(some, unused)),
        Latencies.of(latencies));
  }

  private static long count(List<LedgerEntry> some, Predicate<LedgerEntry> which) {
    return some.stream().filter(which).count();
  }

  private static Usd cost(List<LedgerEntry> some, Predicate<LedgerEntry> which) {
    return some.stream()
        .filter(which)
        .map(entry -> entry.cost().orElse(Usd.ZERO))
        .reduce(Usd.ZERO, Usd::plus);
  }
}
