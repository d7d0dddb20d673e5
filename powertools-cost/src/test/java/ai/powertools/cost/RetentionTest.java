package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static ai.powertools.cost.Calls.cents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a ledger keeps what. */
class RetentionTest {
  private static final int ENOUGH = 2_000;

  private final VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-01T10:00:00Z"));

  private static void spend(CostTracker tracker, int calls) {
    for (int i = 0; i < calls; i++) {
      try (CallSpan span =
          tracker.trackCall("chat").user("ada").model(Calls.PENNY).tokens(0, 1).start()) {
        span.recordLast(Attempt.succeeded(cents(1)));
      }
    }
  }

  @Test
  void forgetsOldEntriesWhileNewOnesAreWrittenAndKeepsTheSums() {
    try (Store store = Store.inMemory()) {
      CostTracker tracker =
          CostTracker.builder()
              .store(store)
              .catalog(CATALOG)
              .time(clock)
              .keepEntries(Duration.ofDays(7))
              .budget(Budget.usd(100))
              .build();
      spend(tracker, ENOUGH - 10);
      clock.advance(Duration.ofDays(8));
      spend(tracker, 2 * ENOUGH);
      store.update(sql -> {}); // what was to be done in the background is done

      List<LedgerEntry> left = tracker.recent(3 * ENOUGH);
      assertThat(left).hasSizeBetween(2 * ENOUGH, 2 * ENOUGH + 10);
      assertThat(tracker.total().attempts()).isEqualTo(3 * ENOUGH - 10);
      assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.cents(3 * ENOUGH - 10));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void forgetsWhatBudgetsSpentInWindowsThatAreOverAndKnowsTheOthers(boolean inMemory) {
    try (Store store = Store.inMemory()) {
      CostTrackerBuilder builder = CostTracker.builder().catalog(CATALOG).time(clock);
      Stream.of(
              Budget.usd(100).per(Period.DAY).forEach("user"),
              Budget.usd(100).rolling(Duration.ofHours(24)).named("rolling"),
              Budget.usd(100).named("ever"))
          .forEach(builder::budget);
      CostTracker tracker = inMemory ? builder.build() : builder.store(store).build();
      spend(tracker, 5);
      clock.advance(Duration.ofDays(2));
      spend(tracker, 3);

      assertThat(tracker.prune(clock.instant().minus(Duration.ofHours(12)))).isEqualTo(5);

      assertThat(tracker.budgets())
          .extracting(BudgetStatus::spent)
          .containsExactly(Usd.cents(3), Usd.cents(3), Usd.cents(8));
      assertThat(tracker.recent(10)).hasSize(3);
      if (!inMemory) {
        long sums =
            store
                .read(sql -> sql.first("SELECT COUNT(*) AS n FROM cost_sum", r -> r.longValue("n")))
                .orElseThrow();
        assertThat(sums)
            .as("a day, a part of 24 hours, one for ever, and what they hold")
            .isLessThan(6);
      }
    }
  }

  @Test
  void keepsThemForADayAtLeast() {
    assertThatThrownBy(() -> CostTracker.builder().keepEntries(Duration.ofHours(23)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Entries are kept for a day at least, not PT23H");
  }
}
