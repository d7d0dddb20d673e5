package ai.powertools.cost;

import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.cents;
import static ai.powertools.cost.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who listens is told of each threshold once, however many trackers see it reached. */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class AlertTest extends KeptLedger {
  @TempDir Path folder;

  AlertTest(Keeping keeping) {
    super(keeping);
  }

  private static void spend(CostTracker tracker, long cents) {
    spend(tracker, cents, "nobody");
  }

  private static void spend(CostTracker tracker, long cents, String user) {
    try (CallSpan span = tracker.trackCall("t").user(user).model(PENNY).tokens(0, cents).start()) {
      span.usage(cents(cents));
    }
  }

  private List<Integer> percents() {
    return events(CostEvent.ThresholdReached.class).stream()
        .map(CostEvent.ThresholdReached::percent)
        .toList();
  }

  @Test
  void tellsEachThresholdOnceInEachWindow() {
    CostTracker tracker = tracker(Budget.usd(1).per(Period.DAY).alertAt(80, 50, 50, 100));
    spend(tracker, 49);
    assertThat(percents()).isEmpty();
    spend(tracker, 1);
    assertThat(percents()).containsExactly(50);
    spend(tracker, 10);
    spend(tracker, 40);
    assertThat(percents()).containsExactly(50, 80, 100);

    clock.advance(Duration.ofDays(1));
    spend(tracker, 60);
    assertThat(percents()).containsExactly(50, 80, 100, 50);
    assertThat(tracker.alerts(10))
        .extracting(Alert::percent, Alert::windowStart, Alert::spent, Alert::limit)
        .containsExactly(
            tuple(50, Instant.parse("2026-11-25T00:00:00Z"), Usd.of("0.60"), Usd.of("1")),
            tuple(100, Instant.parse("2026-11-24T00:00:00Z"), Usd.of("1"), Usd.of("1")),
            tuple(80, Instant.parse("2026-11-24T00:00:00Z"), Usd.of("1"), Usd.of("1")),
            tuple(50, Instant.parse("2026-11-24T00:00:00Z"), Usd.of("0.50"), Usd.of("1")));
    assertThat(tracker.alerts(1)).hasSize(1);
    assertThat(tracker.alerts(0)).isEmpty();
    assertThatThrownBy(() -> tracker.alerts(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("How many alerts? At least 0, not -1");
  }

  @Test
  void saysAllThatIsKnownAboutIt() {
    Budget budget = Budget.usd(1).forEach("user").per(Period.MONTH).alertAt(50);
    CostTracker tracker = tracker(budget);
    spend(tracker, 70, "ada");

    assertThat(events)
        .containsExactly(
            new CostEvent.ThresholdReached(
                budget,
                "user=ada",
                Instant.parse("2026-11-01T00:00:00Z"),
                50,
                Usd.of("0.70"),
                MORNING));
    assertThat(tracker.alerts(1))
        .containsExactly(
            new Alert(
                "each user, monthly",
                "user=ada",
                Instant.parse("2026-11-01T00:00:00Z"),
                50,
                Usd.of("1"),
                Usd.of("0.70"),
                MORNING));
  }

  @Test
  void tellsEachShareOnItsOwn() {
    CostTracker tracker = tracker(Budget.usd(1).forEach("user").alertAt(50));
    spend(tracker, 50, "ada");
    spend(tracker, 30, "bob");
    spend(tracker, 30, "ada");
    spend(tracker, 30, "bob");

    assertThat(events(CostEvent.ThresholdReached.class))
        .extracting(CostEvent.ThresholdReached::share)
        .containsExactly("user=ada", "user=bob");
  }

  @Test
  void tellsAgainWhenTheLimitWasRaised() {
    CostTracker tracker = tracker(Budget.usd(1).alertAt(50).named("b"));
    spend(tracker, 60);
    tracker.setBudget(Budget.usd(2).alertAt(50).named("b"));
    spend(tracker, 10);
    assertThat(percents()).containsExactly(50);

    spend(tracker, 40);
    spend(tracker, 10);
    assertThat(percents()).containsExactly(50, 50);
  }

  @Test
  void tellsOfARollingWindowWheneverItIsCrossed() {
    CostTracker tracker = tracker(Budget.usd(1).rolling(Duration.ofHours(1)).alertAt(50));
    spend(tracker, 60);
    spend(tracker, 10);
    assertThat(percents()).containsExactly(50);

    clock.advance(Duration.ofMinutes(62));
    spend(tracker, 20);
    assertThat(percents()).containsExactly(50);
    spend(tracker, 40);
    assertThat(percents()).containsExactly(50, 50);
  }

  @Test
  void tellsBeyondTheLimitAndOfSoftLimitsToo() {
    CostTracker tracker = tracker(Budget.usd(1).softLimit().alertAt(100, 150, 1000));
    spend(tracker, 149);
    spend(tracker, 1);

    assertThat(percents()).containsExactly(100, 150);
  }

  @Test
  void reservationsReachNoThreshold() {
    CostTracker tracker = tracker(Budget.usd(1).alertAt(50));
    CallSpan span = start(tracker, 90);
    span.notSent();

    assertThat(events).isEmpty();
  }

  @Test
  void aListenerThatThrowsUndoesNothingAndKeepsNobodyFromBeingTold() {
    List<CostEvent> told = new ArrayList<>();
    CostTracker tracker =
        builder()
            .budget(Budget.usd(1).alertAt(50))
            .listener(
                event -> {
                  throw new IllegalStateException("no");
                })
            .listener(told::add)
            .build();
    spend(tracker, 50);

    assertThat(told).hasSize(1);
    assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.of("0.50"));
    assertThat(tracker.total().attempts()).isEqualTo(1);
  }

  @Test
  void whoeverIsAddedLaterIsToldFromThenOnAndMayCallTheTracker() {
    CostTracker tracker = tracker(Budget.usd(1).alertAt(50, 80).named("b"));
    spend(tracker, 50);
    List<Usd> seen = new ArrayList<>();
    tracker.addListener(event -> seen.add(status(tracker, "b").spent()));
    spend(tracker, 30);

    assertThat(seen).containsExactly(Usd.of("0.80"));
  }

  @Test
  void aBudgetThatIsRenamedIsNotToldOfAgain() {
    CostTracker tracker = tracker(Budget.usd(1).alertAt(50).named("old"));
    spend(tracker, 60);
    tracker.removeBudget("old");
    tracker.setBudget(Budget.usd(1).alertAt(50).named("new"));
    spend(tracker, 10);

    assertThat(percents()).containsExactly(50);
  }

  @Test
  void budgetsOfOneNameThatCountDifferentCallsAreToldOfEachOnItsOwn() {
    CostTracker search = tracker(Budget.usd(1).where("user", "ada").alertAt(50).named("mine"));
    spend(search, 60, "ada");
    CostTracker other = tracker(Budget.usd(1).where("user", "bob").alertAt(50).named("mine"));
    spend(other, 60, "bob");

    assertThat(percents()).containsExactly(50, 50);
  }

  @Test
  void trackersThatShareALedgerTellOnceTogetherAlsoAfterARestart() {
    Path file = folder.resolve("costs.db");
    Budget budget = Budget.usd(1).per(Period.DAY).alertAt(50, 100);
    try (Store one = Store.sqlite(file);
        Store other = Store.sqlite(file)) {
      CostTracker first = builder().store(one).budget(budget).build();
      CostTracker second = builder().store(other).budget(budget).build();
      spend(first, 40);
      spend(second, 20);
      spend(first, 20);
      spend(second, 10);
    }
    try (Store again = Store.sqlite(file)) {
      CostTracker third = builder().store(again).budget(budget).build();
      spend(third, 1);
      assertThat(percents()).containsExactly(50);
      spend(third, 9);
      assertThat(percents()).containsExactly(50, 100);
      assertThat(third.alerts(10)).hasSize(2);
    }
  }
}
