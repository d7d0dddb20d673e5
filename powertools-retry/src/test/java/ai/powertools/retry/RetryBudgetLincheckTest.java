package ai.powertools.retry;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What threads do to one budget at the same time has an order, so that no token is made or lost:
 * Lincheck makes up the programs, looks for interleavings, and compares with the same budget used
 * by one thread. Small, so that it is now empty and now full.
 */
@Timeout(120)
public class RetryBudgetLincheckTest {
  private static final int ITERATIONS = Integer.getInteger("powertools.lincheck.iterations", 1);
  private static final int THREADS = 4; // their numbers begin at zero or at one

  private final RetryBudget budget = RetryBudget.builder(0.5).reserve(1).burst(2).build();
  private final AtomicIntegerArray taken = new AtomicIntegerArray(THREADS + 1);

  /** A call begins. */
  @Operation
  public void onCall() {
    budget.onCall();
  }

  /** Whether there was a token; it is the thread's own. */
  @Operation
  public boolean tryRetry(@Param(gen = ThreadIdGen.class) int thread) {
    boolean got = budget.tryRetry();
    if (got) {
      taken.incrementAndGet(thread);
    }
    return got;
  }

  /** The thread's last retry was not made after all; whether there was one. */
  @Operation
  public boolean giveBack(@Param(gen = ThreadIdGen.class) int thread) {
    if (taken.get(thread) == 0) {
      return false;
    }
    taken.decrementAndGet(thread);
    budget.giveBack();
    return true;
  }

  /** All that anybody can see. */
  @Operation
  public long available() {
    return budget.available();
  }

  @Test
  void everyInterleavingHasAnOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(2)
        .iterations(ITERATIONS)
        .invocationsPerIteration(200)
        .check(RetryBudgetLincheckTest.class);
  }

  @Test
  void whatRealThreadsDoHasAnOrder() {
    new StressOptions()
        .threads(2)
        .actorsPerThread(3)
        .iterations(ITERATIONS)
        .invocationsPerIteration(100)
        .check(RetryBudgetLincheckTest.class);
  }
}
