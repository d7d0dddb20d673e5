package ai.powertools.benchmarks;

import ai.powertools.cost.Attempt;
import ai.powertools.cost.Budget;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.CostTrackerBuilder;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.cost.Period;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Pricing;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One call from its description to its entry, in memory, by one thread. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CostTrackingBenchmark {
  private static final int USERS = 50;
  private static final long DOLLARS = 9_000_000;

  /** A tracker with so many budgets, and what it is told. */
  @State(Scope.Benchmark)
  public static class Tracked {
    /** How many budgets each call is held to. */
    @Param({"0", "1", "3"})
    int budgets = 0;

    private final List<String> users = users();
    private final Attempt attempt = Attempt.succeeded(Usage.of(1_200, 350));
    private CostTracker tracker = CostTracker.builder().build();
    private int turn;

    /** Budgets that millions of calls do not use up: for all, for a day, for each user. */
    @Setup
    public void open() {
      CostTrackerBuilder builder = CostTracker.builder();
      List.of(
              Budget.usd(DOLLARS).per(Period.MONTH),
              Budget.usd(DOLLARS).per(Period.DAY).named("a day"),
              Budget.usd(DOLLARS).per(Period.MONTH).forEach("user").named("a user"))
          .subList(0, budgets)
          .forEach(builder::budget);
      tracker = builder.build();
    }

    /** Gives the threads of the tracker back. */
    @TearDown
    public void close() {
      tracker.close();
    }
  }

  /** What is left without a tracker: the price, and a sum for each user. */
  @State(Scope.Benchmark)
  public static class Untracked {
    private final List<String> users = users();
    private final Pricing pricing = ModelCatalog.bundled().pricing();
    private final Model model = ModelCatalog.bundled().require("gpt-5-mini");
    private final Map<String, Usd> sums = new HashMap<>();
    private Usage usage = Usage.of(1_200, 350);
    private int turn;
  }

  /** The worst case reserved, the attempt settled, the entry kept. */
  @Benchmark
  public LedgerEntry track(Tracked state) {
    var span =
        state
            .tracker
            .trackCall("answer")
            .user(state.users.get(state.turn++ % USERS))
            .model("gpt-5-mini")
            .tokens(1_200, 400)
            .start();
    return span.recordLast(state.attempt);
  }

  /** Neither budget nor entry. */
  @Benchmark
  public Usd bareSum(Untracked state) {
    Usd cost = state.pricing.cost(state.model, state.usage).total().orElseThrow();
    return state.sums.merge(state.users.get(state.turn++ % USERS), cost, Usd::plus);
  }

  private static List<String> users() {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add("user-" + i);
    }
    return users;
  }
}
