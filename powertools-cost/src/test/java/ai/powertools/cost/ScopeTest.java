package ai.powertools.cost;

import static ai.powertools.cost.Calls.FREE;
import static ai.powertools.cost.Calls.PENNY;
import static ai.powertools.cost.Calls.cents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which calls a budget is for. */
@ParameterizedClass
@EnumSource(KeptLedger.Keeping.class)
class ScopeTest extends KeptLedger {
  private static final Model OTHER =
      Model.builder("zeta", "penny").prices(Prices.of(Usd.ZERO, Usd.of("10000"))).build();

  ScopeTest(Keeping keeping) {
    super(keeping);
  }

  private static CallDescription call(CostTracker tracker, long cents) {
    return tracker.trackCall("chat").model(PENNY).tokens(0, cents);
  }

  private static void spend(CallDescription call, long cents) {
    try (CallSpan span = call.start()) {
      span.usage(cents(cents));
    }
  }

  @Test
  void isForCallsThatHaveAllItsAttributes() {
    CostTracker tracker =
        tracker(Budget.usd(1).where("team", "search").where("tier", "gold").named("b"));

    spend(call(tracker, 10).team("search"), 10);
    spend(call(tracker, 10).tag("tier", "gold"), 10);
    spend(call(tracker, 10).team("Search").tag("tier", "gold"), 10);
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.ZERO);

    spend(call(tracker, 10).team("search").tag("tier", "gold").user("ada"), 10);
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.10"));
    assertThatThrownBy(() -> call(tracker, 91).team("search").tag("tier", "gold").start())
        .isInstanceOf(BudgetExceededException.class)
        .hasMessageStartingWith("Budget \"b, in all\" would be exceeded");
    call(tracker, 91).team("search").start().notSent();
  }

  @Test
  void whatAttributionSaysCountsAsIfTheCallHadSaidIt() {
    CostTracker tracker = tracker(Budget.usd(1).where("team", "search").named("b"));
    try (Attribution.Scope scope = Attribution.with("team", "search")) {
      assertThat(scope).isNotNull();
      spend(call(tracker, 10), 10);
      spend(call(tracker, 10).team("ads"), 10);
    }
    spend(call(tracker, 10), 10);

    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.10"));
  }

  @Test
  void givesEachValueALimitOfItsOwnAndOneToAllWithoutAny() {
    CostTracker tracker = tracker(Budget.usd(1).forEach("user"));
    spend(call(tracker, 100).user("ada"), 100);

    assertThatThrownBy(() -> call(tracker, 1).user("ada").start())
        .isInstanceOf(BudgetExceededException.class)
        .hasMessageStartingWith("Budget \"each user, in all (user=ada)\" would be exceeded");
    spend(call(tracker, 100).user("bob"), 60);
    spend(call(tracker, 100), 70);
    assertThatThrownBy(() -> call(tracker, 31).start()).hasMessageContaining("(no user)");

    assertThat(spent(tracker))
        .containsOnly(
            entry("user=ada", Usd.of("1.00")),
            entry("user=bob", Usd.of("0.60")),
            entry("no user", Usd.of("0.70")));
  }

  @Test
  void nestsAsDeepAsItIsTold() {
    CostTracker tracker =
        tracker(Budget.usd(1).where("team", "search").forEach("project", "user").forEach("task"));
    spend(call(tracker, 10).team("search").project("p").user("u"), 1);
    spend(call(tracker, 10).team("search").project("p"), 2);
    spend(call(tracker, 10).team("search").user("p"), 3);
    spend(call(tracker, 10).team("ads").project("p").user("u"), 4);

    assertThat(spent(tracker))
        .containsOnly(
            entry("project=p user=u task=chat", Usd.of("0.01")),
            entry("project=p no user task=chat", Usd.of("0.02")),
            entry("no project user=p task=chat", Usd.of("0.03")));
  }

  @Test
  void tellsConversationsApart() {
    CostTracker tracker = tracker(Budget.usd("0.50").forEach("session"));
    spend(call(tracker, 50).session("s1"), 50);

    assertThatThrownBy(() -> call(tracker, 1).session("s1").start())
        .isInstanceOf(BudgetExceededException.class);
    spend(call(tracker, 50).session("s2"), 20);
    assertThat(spent(tracker))
        .containsOnly(entry("session=s1", Usd.of("0.50")), entry("session=s2", Usd.of("0.20")));
  }

  @Test
  void reservesForTheModelThatIsAskedAndSpendsOnTheOneThatServed() {
    CostTracker tracker =
        tracker(
            Budget.usd(1).forEach("model").named("models"),
            Budget.usd(1).where("provider", "zeta").named("zeta"),
            Budget.usd(1).where("model", "acme/penny").named("penny"));
    CallSpan span = call(tracker, 50).start();
    assertThat(status(tracker, "penny").reserved()).isEqualTo(Usd.of("0.50"));
    assertThat(status(tracker, "zeta").reserved()).isEqualTo(Usd.ZERO);

    span.record(Attempt.failed().used(cents(20), Certainty.EXACT).servedBy(OTHER));
    assertThat(status(tracker, "penny").reserved()).isEqualTo(Usd.of("0.30"));
    span.topUp();
    assertThat(status(tracker, "penny").reserved()).isEqualTo(Usd.of("0.50"));
    span.recordLast(Attempt.succeeded(cents(7)));

    assertThat(status(tracker, "penny").spent()).isEqualTo(Usd.of("0.07"));
    assertThat(status(tracker, "zeta").spent()).isEqualTo(Usd.of("0.20"));
    assertThat(tracker.budgets())
        .allSatisfy(status -> assertThat(status.reserved()).isEqualTo(Usd.ZERO))
        .filteredOn(status -> status.budget().name().equals("models"))
        .extracting(BudgetStatus::share)
        .containsExactly("model=acme/penny", "model=zeta/penny");
  }

  @Test
  void reservesInAllBudgetsOrInNone() {
    CostTracker tracker =
        tracker(
            Budget.usd(10).named("all"),
            Budget.usd(5).forEach("user").named("users"),
            Budget.usd(1).where("team", "search").named("search"));
    CallSpan held = call(tracker, 80).team("search").user("ada").start();
    List<BudgetStatus> before = tracker.budgets();

    assertThatThrownBy(() -> call(tracker, 21).team("search").user("bob").start())
        .isInstanceOfSatisfying(
            BudgetExceededException.class,
            e -> assertThat(e.status().budget().name()).isEqualTo("search"));
    assertThat(tracker.budgets()).isEqualTo(before);

    CallSpan other = call(tracker, 21).user("bob").start();
    assertThat(status(tracker, "all").reserved()).isEqualTo(Usd.of("1.01"));
    held.notSent();
    other.notSent();
    assertThat(tracker.budgets())
        .allSatisfy(status -> assertThat(status.reserved()).isEqualTo(Usd.ZERO));
  }

  @Test
  void aCallThatIsBegunAnewForSomethingElseLeavesNothingBehind() {
    CostTracker tracker = tracker(Budget.usd(1).forEach("user"));
    CallSpan first = call(tracker, 60).id("c").user("ada").start();
    CallSpan again = call(tracker, 50).id("c").user("bob").start();
    assertThat(tracker.budgets())
        .extracting(BudgetStatus::share, BudgetStatus::reserved)
        .containsExactly(tuple("user=bob", Usd.of("0.50")));

    again.usage(cents(30));
    again.close();
    first.notSent();
    assertThat(tracker.budgets())
        .extracting(BudgetStatus::share, BudgetStatus::spent, BudgetStatus::reserved)
        .containsExactly(tuple("user=bob", Usd.of("0.30"), Usd.ZERO));
  }

  @Test
  void aCallThatIsBegunAnewTheNextDayAndIsLostBelongsToThatDay() {
    CostTracker tracker = tracker(Budget.usd(1).per(Period.DAY).forEach("session"));
    CallSpan first = call(tracker, 60).id("c").session("s1").start();
    clock.advance(Duration.ofDays(1));
    CallSpan again =
        call(tracker, 50).id("c").session("s2").lapsesAfter(Duration.ofMinutes(5)).start();
    clock.advance(Duration.ofMinutes(5));

    assertThat(tracker.budgets()).isEmpty();
    assertThat(tracker.entriesOfSession("s2"))
        .extracting(LedgerEntry::beganAt)
        .containsExactly(MORNING.plus(Duration.ofDays(1)));
    first.notSent();
    again.notSent();
  }

  @Test
  void whoBeginsACallAnewGetsNoRoomForWhatItHeldElsewhere() {
    CostTracker tracker = tracker(Budget.usd(1).forEach("user"));
    CallSpan full = call(tracker, 80).user("bob").start();
    CallSpan first = call(tracker, 60).id("c").user("ada").start();

    assertThatThrownBy(() -> call(tracker, 60).id("c").user("bob").start())
        .isInstanceOf(BudgetExceededException.class);
    assertThat(tracker.budgets())
        .extracting(BudgetStatus::share, BudgetStatus::reserved)
        .containsExactly(tuple("user=ada", Usd.of("0.60")), tuple("user=bob", Usd.of("0.80")));
    full.notSent();
    first.notSent();
  }

  @Test
  void whatCannotCostAnythingPassesEveryBudget() {
    CostTracker tracker = tracker(Budget.usd(0).forEach("model"));

    try (CallSpan span = tracker.trackCall("t").model(FREE).start()) {
      span.usage(cents(5));
    }
    assertThat(tracker.budgets()).isEmpty();
    assertThat(tracker.total().attempts()).isEqualTo(1);
  }

  @Test
  void aBudgetThatIsTakenAwayRefusesNothingAndComesBackWithWhatItHad() {
    Budget budget = Budget.usd("0.50").where("team", "search").named("b");
    CostTracker tracker = tracker(budget);
    spend(call(tracker, 50).team("search"), 50);

    assertThat(tracker.removeBudget("b")).isTrue();
    assertThat(tracker.removeBudget("b")).isFalse();
    assertThat(tracker.budgets()).isEmpty();
    spend(call(tracker, 50).team("search"), 20);

    tracker.setBudget(budget);
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.70"));
    assertThatThrownBy(() -> call(tracker, 1).team("search").start())
        .isInstanceOf(BudgetExceededException.class);
    tracker.setBudget(budget.limit(Usd.of("0.80")));
    spend(call(tracker, 10).team("search"), 10);
    assertThat(status(tracker, "b").spent()).isEqualTo(Usd.of("0.80"));
  }

  @Test
  void whatSeveralCallsHoldBeforeThereIsABudgetNeverLooksLikeLessThanNothing() {
    CostTracker tracker = tracker();
    CallSpan one = call(tracker, 900_000_000).start();
    CallSpan other = call(tracker, 900_000_000).start();
    tracker.setBudget(Budget.usd(1).named("late"));

    assertThat(status(tracker, "late").reserved()).isGreaterThan(Usd.of("9000000"));
    assertThatThrownBy(() -> call(tracker, 1).start()).isInstanceOf(BudgetExceededException.class);
    one.notSent();
    other.notSent();
  }

  @Test
  void whatWasSpentBeforeThereIsABudgetMayBeMoreThanItCounts() {
    CostTracker tracker = tracker();
    spend(call(tracker, 900_000_000), 900_000_000);
    spend(call(tracker, 900_000_000), 900_000_000);
    tracker.setBudget(Budget.usd(1).named("late"));
    tracker.setBudget(Budget.usd(1).forEach("session").named("sessions"));

    assertThat(status(tracker, "late").spent()).isGreaterThan(Usd.of("9000000"));
    assertThat(status(tracker, "sessions").spent()).isGreaterThan(Usd.of("9000000"));
    assertThatThrownBy(() -> call(tracker, 1).start()).isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void refusesWhatNoCallCanHave() {
    assertThatThrownBy(() -> Budget.usd(1).where("te am", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"te am\" can't be the name of an attribute");
    assertThatThrownBy(() -> Budget.usd(1).where("team", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Attribute team needs a value of 1 to 256 characters, not 1 or blanks.");
    assertThatThrownBy(() -> Budget.usd(1).forEach("user", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scope(new TreeMap<>(Map.of("a\nb", "c")), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scope(new TreeMap<>(Map.of("a", "b\neach user")), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scope(new TreeMap<>(), List.of("=")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Scope(new TreeMap<>(), List.of("user", "user")))
        .isEqualTo(Budget.usd(1).forEach("user", "user").scope());
  }

  @Test
  void isReadBackFromWhatTheLedgerKeepsOfIt() {
    Budget budget =
        Budget.usd(1).where("team", "a=b c, \"d\"").where("x.y-z_1", "=").forEach("user", "model");

    assertThat(Counter.parse(Counter.of(budget).text())).isEqualTo(Counter.of(budget));
    assertThat(Counter.parse(Counter.of(budget).text()).scope()).isEqualTo(budget.scope());
    assertThat(budget.scope()).hasToString("team=a=b c, \"d\", x.y-z_1==, each user and model");
  }
}
