package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;

import ai.powertools.core.Time;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** What must hold wherever a ledger is kept: in memory, or in a store that trackers share. */
abstract class KeptLedger {
  static final Duration LEASE = Duration.ofDays(30);
  static final Instant MORNING = Instant.parse("2026-11-24T10:00:00.123456Z");

  /** Where. */
  enum Keeping {
    IN_MEMORY,
    IN_A_STORE
  }

  final Keeping keeping;
  final VirtualClock clock = VirtualClock.at(MORNING);
  final Store store = Store.inMemory();

  /** What the listener of every tracker was told. */
  final List<CostEvent> events = new CopyOnWriteArrayList<>();

  KeptLedger(Keeping keeping) {
    this.keeping = keeping;
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Of a tracker on the same ledger as all others where that is a store. */
  CostTrackerBuilder builder() {
    CostTrackerBuilder builder =
        CostTracker.builder().catalog(CATALOG).time(clock).lease(LEASE).listener(events::add);
    return keeping == Keeping.IN_A_STORE ? builder.store(store) : builder;
  }

  CostTracker tracker(Budget... budgets) {
    return tracker(clock, budgets);
  }

  CostTracker tracker(Time time, Budget... budgets) {
    CostTrackerBuilder builder = builder().time(time);
    List.of(budgets).forEach(builder::budget);
    return builder.build();
  }

  <T extends CostEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static BudgetStatus status(CostTracker tracker, String name) {
    return tracker.budgets().stream()
        .filter(status -> status.budget().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the shares of the only budget have spent. */
  static Map<String, Usd> spent(CostTracker tracker) {
    Map<String, Usd> spent = new TreeMap<>();
    tracker.budgets().forEach(status -> spent.put(status.share(), status.spent()));
    return spent;
  }
}
