package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostTrackerBuilderTest {
  private final CostTrackerBuilder builder = CostTracker.builder().catalog(CATALOG);

  @ParameterizedTest
  @ValueSource(ints = {-1, 101})
  void aDriftIsAShare(int percent) {
    assertThatThrownBy(() -> builder.driftPercent(percent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A share is from 0 to 100 %, not " + percent);
  }

  @Test
  void keepsAtLeastOneEntry() {
    assertThatThrownBy(() -> builder.entriesInMemory(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("At least one entry is kept, not 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_001, -5})
  void anAlertIsAtAPercentageThatCanCome(int percent) {
    assertThatThrownBy(() -> Budget.usd(1).named("b").alertAt(50, percent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Budget \"b\" can alert at 1 to 1000 % of its limit, not at " + percent + ".");
    assertThat(Budget.usd(1).alertAt(95, 50, 95, 1_000).alerts()).containsExactly(50, 95, 1_000);
  }

  @Test
  void olderEntriesAreForgottenAndCountAllTheSame() {
    CostTracker tracker = builder.entriesInMemory(3).budget(Budget.usd(1)).build();
    for (int i = 0; i < 10; i++) {
      try (CallSpan span = start(tracker, 5)) {
        span.usage(cents(5));
      }
    }

    assertThat(tracker.recent(100)).hasSize(3);
    assertThat(tracker.total().known()).isEqualTo(Usd.of("0.50"));
    assertThat(tracker.total().attempts()).isEqualTo(10);
    assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.of("0.50"));
    tracker.setBudget(Budget.usd(1).per(Period.MONTH).named("late"));
    assertThat(tracker.budgets().get(1).spent()).isEqualTo(Usd.of("0.50"));
  }

  @Test
  void aLedgerKeepsTheCalendarItWasBegunWith() {
    try (Store store = Store.inMemory()) {
      ZoneId tokyo = ZoneId.of("Asia/Tokyo");
      builder.store(store).zone(tokyo).build();
      assertThat(CostTracker.builder().store(store).build().ledger().readings().zone())
          .isEqualTo(tokyo);
      builder.build();

      assertThatThrownBy(() -> builder.zone(ZoneId.of("Europe/Berlin")).build())
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "The ledger at %s sums up its days in the zone Asia/Tokyo, not in Europe/Berlin."
                      .formatted(store.location())
                  + " Leave zone(…) out, or begin another ledger.");
    }
  }
}
