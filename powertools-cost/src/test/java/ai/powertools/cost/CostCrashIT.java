package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process is killed while its threads settle calls, again and again on the same file; the
 * next one reports the last calls anew, like a program that does not know how far it came.
 */
class CostCrashIT {
  private static final int CYCLES = Integer.getInteger("powertools.crash.cycles", 5);
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int THREADS = 4;
  private static final long MOST_CENTS = 40;

  /** Longer than the test takes, so that leases lapse only on the clock that it turns. */
  private static final Duration LEASE = Duration.ofHours(6);

  private final Random random = new Random(SEED);
  private final Set<String> acknowledged = new TreeSet<>();
  private final int[] lastOfThread = new int[THREADS];
  private int lapsed;
  @TempDir Path folder;

  @Test
  void noAcknowledgedSettlementIsLostAndNoneIsDoubled() {
    List<String> again = List.of();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      runAndKill(cycle, again);
      again = lastCallsOf(cycle);
      checkLedger("-Dpowertools.seed=" + SEED + ", cycle " + cycle);
    }
    // Kills that never met a call under way would have proved little.
    assertThat(lapsed).isPositive();
  }

  private void runAndKill(int cycle, List<String> again) {
    List<String> arguments = new ArrayList<>(List.of(file().toString(), "" + cycle));
    arguments.addAll(again);
    try (JavaProcess process =
        JavaProcess.start(Settling.class, arguments.toArray(String[]::new))) {
      process.awaitLine("ready");
      Arrays.fill(lastOfThread, 0);
      for (int lines = 20 + random.nextInt(200); lines > 0; lines--) {
        process.readLine().ifPresent(this::acknowledge);
      }
      process.kill();
      process.remainingLines().forEach(this::acknowledge);
    }
  }

  /** A line that was cut off by the kill acknowledges nothing. */
  private void acknowledge(String line) {
    if (line.startsWith("settled ") && line.endsWith(" .")) {
      String id = line.split(" ", -1)[1];
      acknowledged.add(id);
      String[] parts = id.split("-", -1);
      lastOfThread[Integer.parseInt(parts[1])] = Integer.parseInt(parts[2]);
    }
  }

  /** Of each thread the last call that was acknowledged, and the one that was under way. */
  private List<String> lastCallsOf(int cycle) {
    List<String> calls = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      calls.add(id(cycle, thread, lastOfThread[thread]));
      calls.add(id(cycle, thread, lastOfThread[thread] + 1));
    }
    return calls;
  }

  private void checkLedger(String label) {
    VirtualClock clock = VirtualClock.at(Instant.now());
    try (Store store = Store.sqlite(file())) {
      CostTracker tracker = tracker(store, clock);
      for (String id : acknowledged) {
        assertThat(tracker.entriesOfCall(id))
            .as("%s: %s", label, id)
            .filteredOn(entry -> entry.outcome() == Outcome.SUCCEEDED)
            .extracting(entry -> entry.cost().orElseThrow())
            .containsExactly(Usd.cents(cost(id)));
      }
      BudgetStatus killed = tracker.budgets().get(0);
      assertThat(killed.spent()).as(label).isEqualTo(tracker.total().known());
      assertThat(killed.reserved())
          .as(label)
          .isLessThanOrEqualTo(Usd.cents(MOST_CENTS).times(THREADS));
      lapsed += killed.reserved().isZero() ? 0 : 1;

      clock.advance(LEASE);
      BudgetStatus afterwards = tracker.budgets().get(0);
      assertThat(afterwards.reserved()).as(label).isEqualTo(Usd.ZERO);
      assertThat(afterwards.spent()).as(label).isEqualTo(killed.spent());
    }
  }

  private Path file() {
    return folder.resolve("costs.db");
  }

  /** What a call costs is told by its id, so that another process can say it again. */
  private static long cost(String id) {
    return 1 + Math.floorMod(id.hashCode(), MOST_CENTS);
  }

  private static String id(int cycle, int thread, int number) {
    return cycle + "-" + thread + "-" + number;
  }

  private static CostTracker tracker(Store store, Time time) {
    return CostTracker.builder()
        .store(store)
        .catalog(Calls.CATALOG)
        .budget(Budget.usd(1_000_000))
        .time(time)
        .lease(LEASE)
        .build();
  }

  /** The process that is killed; its arguments are a file, the cycle, and ids to settle again. */
  static final class Settling {
    private Settling() {}

    public static void main(String[] arguments) throws InterruptedException {
      CostTracker tracker = tracker(Store.sqlite(Path.of(arguments[0])), Time.system());
      for (String id : List.of(arguments).subList(2, arguments.length)) {
        settle(tracker, id);
      }
      System.out.println("ready");
      int cycle = Integer.parseInt(arguments[1]);
      for (int thread = 0; thread < THREADS; thread++) {
        int self = thread;
        new Thread(() -> settleUntilKilled(tracker, cycle, self)).start();
      }
      new CountDownLatch(1).await();
    }

    private static void settleUntilKilled(CostTracker tracker, int cycle, int thread) {
      for (int number = 1; ; number++) {
        String id = id(cycle, thread, number);
        settle(tracker, id);
        System.out.println("settled " + id + " .");
      }
    }

    private static void settle(CostTracker tracker, String id) {
      try (CallSpan span =
          tracker.trackCall("crash").id(id).model(Calls.PENNY).tokens(0, MOST_CENTS).start()) {
        span.usage(Calls.cents(cost(id)));
      }
    }
  }
}
