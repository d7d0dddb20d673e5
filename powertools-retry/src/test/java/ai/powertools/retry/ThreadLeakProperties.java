package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads that are interrupted at random moments of their calls: no interrupt is made up or lost,
 * and nothing is left behind.
 */
@Timeout(120)
class ThreadLeakProperties {
  private static final int CASES = 60;
  private static final int CALLERS = 3;
  private static final int INTERRUPTS = 20;
  private static final Duration UNIT = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void callsThatBlockLeaveNothingBehindAndKeepInterrupts() throws Exception {
    int[] sent = new int[1];
    Law.holds(CASES, random -> sent[0] += check(random));
    System.out.printf("%d interrupts at random moments%n", sent[0]);
    assertThat(sent[0]).isPositive();
  }

  private static int check(Random random) throws Exception {
    WatchedTime time = new WatchedTime();
    RandomHandler parts = new RandomHandler(random, time, Runnable::run, UNIT);
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(new Caller(parts, random.nextLong()));
    }
    callers.forEach(caller -> caller.thread.start());
    // The first is left in peace.
    for (int i = 0; i < INTERRUPTS; i++) {
      for (int turn = random.nextInt(30_000); turn > 0; turn--) {
        Thread.onSpinWait();
      }
      callers.get(1 + random.nextInt(CALLERS - 1)).interrupt();
    }
    callers.forEach(Caller::close);
    for (Caller caller : callers) {
      caller.thread.join();
      assertKeepsInterrupts(caller, parts);
    }
    parts.assertBudgetIsExact();
    awaitThat("No timer is set", () -> time.timers() == 0);
    awaitThat("No hedge's thread is alive", ThreadLeakProperties::noHedgeIsAlive);
    for (Caller caller : callers) {
      caller.joinHedges();
    }
    parts.assertBreakerCloses(ThreadLeakProperties::sleep);
    awaitThat("All places are free", parts::hasAllPlacesFree);
    awaitThat("No timer is set again", () -> time.timers() == 0);
    return callers.stream().mapToInt(Caller::sent).sum();
  }

  private static void assertKeepsInterrupts(Caller caller, RandomHandler parts) {
    assertThat(caller.complaints()).isEmpty();
    assertThat(caller.seen()).as("flags seen with %s", parts).isLessThanOrEqualTo(caller.sent());
    // The timeout of a call on this very thread takes what comes after its own interrupt for it.
    if (!parts.cutsShort || parts.hedged) {
      assertThat(caller.seen()).as("flags seen with %s", parts).isEqualTo(caller.sent());
    }
  }

  private static boolean noHedgeIsAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("powertools-hedge"));
  }

  /** Other threads may still be on their way out. */
  private static void awaitThat(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      Duration passed = Time.system().since(start);
      assertThat(passed).as(what + ", after so long").isLessThan(PATIENCE);
      Thread.onSpinWait();
    }
  }

  private static void sleep(Duration duration) {
    try {
      Time.system().sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError("Nobody interrupts this thread", e);
    }
  }
}
