package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.PostgresExtension;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL days and budgets come to what they come to in memory, to the pico-dollar. */
@ExtendWith(PostgresExtension.class)
class PostgresSumsIT {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int ENTRIES = 120;
  private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

  private final VirtualClock clock = VirtualClock.at(KeptLedger.MORNING);
  private final DataSource database;

  PostgresSumsIT(DataSource database) {
    this.database = database;
  }

  @Test
  void areThoseOfALedgerInMemory() {
    String label = "-Dpowertools.seed=" + SEED;
    Random random = new Random(SEED);
    RandomEntries source = new RandomEntries(random, KeptLedger.MORNING);
    try (Store store = Store.postgres(database)) {
      CostTracker memory = CostTracker.builder().time(clock).zone(ZONE).build();
      CostTracker postgres = CostTracker.builder().time(clock).zone(ZONE).store(store).build();
      for (int i = 0; i < ENTRIES; i++) {
        LedgerEntry entry = source.next();
        settle(memory, entry);
        settle(postgres, entry);
        if (random.nextInt(60) == 0) {
          same(memory, postgres, label);
        }
      }
      same(memory, postgres, label);

      clock.advance(Duration.ofDays(2));
      for (Budget budget : budgets()) {
        memory.setBudget(budget);
        postgres.setBudget(budget);
      }
      assertThat(postgres.budgets()).as(label).isEqualTo(memory.budgets()).isNotEmpty();
      assertThat(postgres.prune(clock.instant())).isEqualTo(memory.prune(clock.instant()));
      same(memory, postgres, label);
    }
  }

  private static void settle(CostTracker tracker, LedgerEntry entry) {
    tracker.ledger().surely(accounting -> accounting.settle(entry, Optional.empty(), false));
  }

  private static void same(CostTracker memory, CostTracker postgres, String label) {
    assertThat(days(postgres)).as(label).containsExactlyInAnyOrderElementsOf(days(memory));
  }

  private static List<DayTotals> days(CostTracker tracker) {
    return tracker.ledger().readings().days(LocalDate.MIN, LocalDate.MAX);
  }

  private static List<Budget> budgets() {
    Budget most = Budget.of(Usd.ofPico(Long.MAX_VALUE));
    return List.of(
        most.where("user", "ada").named("ever"),
        most.per(Period.DAY).forEach("model").named("daily"),
        most.per(Period.DAY).in(ZONE).forEach("user", "task").named("daily here"),
        most.per(Period.MONTH).startingOnDay(25).forEach("provider").named("monthly"),
        most.per(Period.WEEK).forEach("session").named("weekly"),
        most.rolling(Duration.ofHours(36)).forEach("task").named("rolling"));
  }
}
