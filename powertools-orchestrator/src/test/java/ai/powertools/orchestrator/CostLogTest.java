package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.cost.Attempt;
import ai.powertools.cost.Budget;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostEvent;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.Period;
import ai.powertools.logging.LogFile;
import ai.powertools.logging.LogReader;
import ai.powertools.logging.LogRecord;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the money, as the log has it. */
class CostLogTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  /** One cent a token. */
  private static final Model PENNY =
      Model.builder("acme", "penny")
          .limits(1_000, 100)
          .prices(Prices.of(Usd.of("10000"), Usd.of("10000")))
          .build();

  @TempDir Path folder;

  private CostTracker tracker(Store store, Instant now, Budget... budgets) {
    var builder =
        CostTracker.builder()
            .store(store)
            .time(VirtualClock.at(now))
            .catalog(ModelCatalog.of(List.of(PENNY)))
            .listener(new CostLog());
    for (Budget budget : budgets) {
      builder.budget(budget);
    }
    return builder.build();
  }

  private static CallSpan begin(CostTracker tracker, long centsAtMost) {
    return tracker
        .trackCall("test")
        .user("ada")
        .id("c1")
        .model(PENNY)
        .tokens(0, centsAtMost)
        .start();
  }

  @SuppressWarnings("try") // the file is there to be closed
  private List<LogRecord> logged(Runnable work) {
    Path file = folder.resolve("powertools.log");
    try (LogFile log = LogFile.attach(file, "ai.powertools")) {
      work.run();
    }
    return LogReader.read(file).records();
  }

  private LogRecord one(Runnable work) {
    List<LogRecord> all = logged(work);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void anAlertSaysWhichBudgetAndHowMuchIsSpent() {
    LogRecord alert =
        one(
            () -> {
              try (Store store = Store.inMemory();
                  CostTracker tracker =
                      tracker(
                          store, NOON, Budget.usd(1).per(Period.DAY).forEach("user").alertAt(50));
                  CallSpan span = begin(tracker, 60)) {
                span.usage(Usage.of(0, 60));
              }
            });
    assertThat(alert.event()).isEqualTo("budget_alert");
    assertThat(alert.level()).isEqualTo("WARN");
    assertThat(alert.text("budget")).isEqualTo("each user, daily");
    assertThat(alert.text("share")).isEqualTo("user=ada");
    assertThat(alert.text("percent")).isEqualTo("50");
    assertThat(alert.text("spent_usd")).isEqualTo("0.6");
    assertThat(alert.text("limit_usd")).isEqualTo("1");
    assertThat(alert.text("window_start")).isEqualTo("2026-11-24T00:00:00Z");
  }

  @Test
  void anOvershootIsAnError() {
    LogRecord overshot =
        one(
            () -> {
              try (Store store = Store.inMemory();
                  CostTracker tracker = tracker(store, NOON, Budget.usd(1));
                  CallSpan span = begin(tracker, 90)) {
                span.usage(Usage.of(20, 100));
              }
            });
    assertThat(overshot.event()).isEqualTo("budget_overshot");
    assertThat(overshot.level()).isEqualTo("ERROR");
    assertThat(overshot.text("budget")).isEqualTo("all calls, in all");
    assertThat(overshot.text("share")).isNull();
    assertThat(overshot.text("over_usd")).isEqualTo("0.2");
    assertThat(overshot.text("beyond_reservation_usd")).isEqualTo("0.3");
    assertThat(overshot.text("call_id")).isEqualTo("c1");
  }

  @Test
  void aSoftLimitThatIsPassedIsTold() {
    LogRecord passed =
        one(
            () -> {
              try (Store store = Store.inMemory();
                  CostTracker tracker = tracker(store, NOON, Budget.usd("0.10").softLimit());
                  CallSpan span = begin(tracker, 60)) {
                span.notSent();
              }
            });
    assertThat(passed.event()).isEqualTo("limit_passed");
    assertThat(passed.text("requested_usd")).isEqualTo("0.6");
    assertThat(passed.text("limit_usd")).isEqualTo("0.1");
    assertThat(passed.text("spent_usd")).isEqualTo("0");
  }

  @Test
  void aPriceThatDriftsIsToldWithBothAmounts() {
    LogRecord drift =
        one(
            () -> {
              try (Store store = Store.inMemory();
                  CostTracker tracker = tracker(store, NOON);
                  CallSpan span = begin(tracker, 60)) {
                span.record(Attempt.succeeded(Usage.of(0, 50)).vendorCost(Usd.of("0.60")));
              }
            });
    assertThat(drift.event()).isEqualTo("price_drift");
    assertThat(drift.text("model")).isEqualTo("acme/penny");
    assertThat(drift.text("cost_usd")).isEqualTo("0.5");
    assertThat(drift.text("vendor_usd")).isEqualTo("0.6");
    assertThat(drift.text("drift_usd")).isEqualTo("0.1");
  }

  @Test
  void aCallThatNobodyHeardOfAgainIsToldByWhoeverFindsIt() {
    LogRecord lost =
        one(
            () -> {
              try (Store store = Store.inMemory();
                  CostTracker died = tracker(store, NOON);
                  CallSpan held = begin(died, 60);
                  CostTracker other = tracker(store, NOON.plus(Duration.ofMinutes(5)))) {
                assertThat(other.total().attempts()).isEqualTo(1);
                held.notSent();
              }
            });
    assertThat(lost.event()).isEqualTo("call_lost");
    assertThat(lost.text("call_id")).isEqualTo("c1");
    assertThat(lost.text("attempt")).isEqualTo("1");
    assertThat(lost.text("at_most_usd")).isEqualTo("0.6");
  }

  @Test
  void aCheaperModelIsNoEventOfThisLog() {
    assertThat(logged(() -> new CostLog().on(new CostEvent.Downgraded("c1", "a", "b")))).isEmpty();
  }

  @Test
  void theOrchestratorsLogHasIt() {
    Path home = folder.resolve("home");
    try (AiOrchestrator ai =
        AiOrchestrator.builder()
            .home(home)
            .time(VirtualClock.at(NOON))
            .catalog(ModelCatalog.of(List.of(PENNY)))
            .budget(Budget.usd(1).alertAt(10))
            .build()) {
      try (CallSpan span = begin(ai.costs(), 60)) {
        span.usage(Usage.of(0, 20));
      }
    }
    assertThat(LogReader.read(home.resolve("powertools.log")).records())
        .extracting(LogRecord::event)
        .containsExactly("budget_alert");
  }
}
