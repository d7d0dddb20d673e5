package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usd;
import ai.powertools.testing.JavaProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real processes spend from one budget in one file, until there is nothing left to spend. */
class BudgetProcessesIT {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int PROCESSES = 3;
  private static final Budget BUDGET = Budget.usd(20);
  private static final int MOST_CENTS = 30;

  @TempDir Path folder;

  private static CostTracker open(Path file) {
    return CostTracker.builder().at(file).catalog(Calls.CATALOG).budget(BUDGET).build();
  }

  @Test
  void togetherTheyNeverSpendMoreThanTheBudget() {
    Path file = folder.resolve("costs.db");
    List<JavaProcess> processes = new ArrayList<>();
    List<CompletableFuture<List<String>>> outputs = new ArrayList<>();
    int samples = 0;
    try (CostTracker onlooker = open(file)) {
      for (int i = 0; i < PROCESSES; i++) {
        JavaProcess process =
            JavaProcess.start(Spending.class, file.toString(), Long.toString(SEED + i));
        processes.add(process);
        outputs.add(CompletableFuture.supplyAsync(process::remainingLines));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(outputs.toArray(CompletableFuture[]::new));
      while (!all.isDone()) {
        BudgetStatus status = onlooker.budgets().get(0);
        assertThat(status.spent().plus(status.reserved()))
            .as("-Dpowertools.seed=%d: %s", SEED, status)
            .isLessThanOrEqualTo(BUDGET.limit());
        samples++;
      }
      assertThat(processes).extracting(JavaProcess::await).containsOnly(0);
      checkTheEnd(onlooker, outputs.stream().map(CompletableFuture::join).toList());
      assertThat(samples).isPositive();
    } finally {
      processes.forEach(JavaProcess::close);
    }
  }

  private static void checkTheEnd(CostTracker onlooker, List<List<String>> outputs) {
    BudgetStatus status = onlooker.budgets().get(0);
    String label = "-Dpowertools.seed=%d: %s".formatted(SEED, status);

    Usd reported = Usd.ZERO;
    for (List<String> lines : outputs) {
      assertThat(lines).as(label).hasSize(1);
      Usd spent = Usd.of(lines.get(0));
      assertThat(spent).as("each had its share; %s", label).isGreaterThan(Usd.ZERO);
      reported = reported.plus(spent);
    }
    assertThat(status.reserved()).as(label).isEqualTo(Usd.ZERO);
    assertThat(status.spent())
        .as(label)
        .isEqualTo(reported)
        .isEqualTo(onlooker.total().known())
        .isLessThanOrEqualTo(BUDGET.limit())
        // What is left is too little for the dearest call.
        .isGreaterThan(BUDGET.limit().minus(Usd.cents(MOST_CENTS)));
  }

  /** Makes calls until one of the dearest is refused; prints what it spent. */
  static final class Spending {
    private Spending() {}

    public static void main(String[] arguments) {
      Random random = new Random(Long.parseLong(arguments[1]));
      Usd spent = Usd.ZERO;
      try (CostTracker tracker = open(Path.of(arguments[0]))) {
        boolean room = true;
        while (room) {
          int most = 1 + random.nextInt(MOST_CENTS);
          try (CallSpan span = Calls.start(tracker, most)) {
            Outcome outcome = random.nextInt(4) == 0 ? Outcome.FAILED : Outcome.SUCCEEDED;
            LedgerEntry entry =
                span.record(
                    outcome, Calls.PENNY, Calls.cents(random.nextInt(most + 1)), Certainty.EXACT);
            spent = spent.plus(entry.cost().orElseThrow());
          } catch (BudgetExceededException e) {
            // Another may only have reserved what it will give back; what is spent stays spent.
            Usd left = BUDGET.limit().minus(e.status().spent());
            room = left.compareTo(Usd.cents(MOST_CENTS)) >= 0;
          }
        }
      }
      System.out.println(spent);
    }
  }
}
