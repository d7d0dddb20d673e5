package ai.powertools.benchmarks;

import ai.powertools.cost.Attempt;
import ai.powertools.cost.Budget;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.Period;
import ai.powertools.models.Usage;
import java.nio.file.Path;

/** Ours: with a budget per month that every call is held to. */
record TrackedCalls(CostTracker tracker) implements SettledCalls {
  /** In a new file. */
  static TrackedCalls at(Path file) {
    return new TrackedCalls(
        CostTracker.builder().at(file).budget(Budget.usd(9_000_000).per(Period.MONTH)).build());
  }

  @Override
  public Runnable reserve(long number) {
    var span =
        tracker
            .trackCall("answer")
            .user("user-" + number % 50)
            .model("gpt-5-mini")
            .tokens(1_200, 400)
            .start();
    return () -> span.recordLast(Attempt.succeeded(Usage.of(1_200, 350)));
  }

  @Override
  public void close() {
    tracker.close();
  }
}
