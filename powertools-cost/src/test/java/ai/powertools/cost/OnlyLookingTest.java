package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who only looks at a ledger leaves nothing in it. */
class OnlyLookingTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-24T10:00:00Z"));
  private final Store store = Store.inMemory();
  private final CostTracker owner =
      CostTracker.builder()
          .store(store)
          .catalog(CATALOG)
          .time(new ClockOnly(clock))
          .lease(LEASE)
          .build();

  @AfterEach
  void close() {
    store.close();
  }

  private CostTracker looking(Budget... budgets) {
    CostTrackerBuilder builder = CostTracker.builder().store(store).time(clock).onlyLooking();
    for (Budget budget : budgets) {
      builder.budget(budget);
    }
    return builder.build();
  }

  private void spend(String user, long cents) {
    try (CallSpan span =
        owner.trackCall("chat").user(user).model(Calls.PENNY).tokens(0, 100).start()) {
      span.usage(cents(cents));
    }
  }

  private long rows(String table) {
    return store
        .read(sql -> sql.first("SELECT COUNT(*) AS n FROM " + table, r -> r.longValue("n")))
        .orElseThrow();
  }

  @Test
  void worksOutBudgetsThatTheLedgerDoesNotKeep() {
    spend("ada", 30);
    spend("bob", 20);
    CallSpan underWay = start(owner, 10);

    assertThat(
            looking(
                    Budget.usd(1).per(Period.MONTH),
                    Budget.usd(1).forEach("user"),
                    Budget.usd(1).rolling(Duration.ofHours(2)).named("rolling"))
                .budgets())
        .extracting(BudgetStatus::share, BudgetStatus::spent, BudgetStatus::reserved)
        .containsExactly(
            tuple("", Usd.of("0.50"), Usd.of("0.10")),
            tuple("no user", Usd.ZERO, Usd.of("0.10")),
            tuple("user=ada", Usd.of("0.30"), Usd.ZERO),
            tuple("user=bob", Usd.of("0.20"), Usd.ZERO),
            tuple("", Usd.of("0.50"), Usd.of("0.10")));
    assertThat(rows("cost_counter") + rows("cost_sum")).isZero();
    underWay.notSent();
  }

  @Test
  void countsWhatIsSummedUpAndWhatIsNotYet() {
    spend("ada", 30);
    CostTracker looking = looking(Budget.usd(1).per(Period.MONTH));
    LocalDate today = LocalDate.of(2026, 11, 24);
    assertThat(looking.analysis(today, today).totals().cost()).isEqualTo(Usd.of("0.30"));
    spend("ada", 20);

    assertThat(looking.budgets().get(0).spent()).isEqualTo(Usd.of("0.50"));
  }

  @Test
  void leavesItToTheOwnerToHearOfCallsThatLapsed() {
    String lost = start(owner, 70).callId();
    clock.advance(LEASE.plusSeconds(1));

    CostTracker looking = looking(Budget.usd(1));
    assertThat(looking.budgets().get(0).reserved()).isEqualTo(Usd.of("0.70"));
    assertThat(looking.entriesOfCall(lost)).isEmpty();
    assertThat(looking.monthlyReport().totalCost()).isEqualTo(Usd.ZERO);
    assertThat(rows("cost_held")).isEqualTo(1);
  }

  @Test
  void refusesToChangeAnything() {
    CostTracker looking = looking();

    assertThat(looking.zone()).isEqualTo(ZoneOffset.UTC);
    assertThatThrownBy(() -> looking.trackCall("chat"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The ledger at memory was opened only to look at it: see onlyLooking().");
    assertThatThrownBy(() -> looking.prune(clock.instant()))
        .isInstanceOf(IllegalStateException.class);
  }
}
