package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.PostgresServer;
import ai.powertools.testing.VirtualClock;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three real processes with a storm of calls each share a ledger, one of them is killed in the
 * middle, and somebody looks on: no budget is ever exceeded, at rest nothing is reserved, and what
 * was spent is what the ledger adds up to.
 */
class BudgetProcessesIT {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int PROCESSES = 3;
  private static final int THREADS = Integer.getInteger("powertools.model.threads", 16);
  private static final int CALLS = Integer.getInteger("powertools.model.operations", 1_200);

  @TempDir Path folder;

  @Test
  void onSqlite() {
    neverOver("sqlite:" + folder.resolve("costs.db"));
  }

  @Test
  void onPostgres() {
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    try {
      neverOver(database.url());
    } finally {
      PostgresServer.shared().drop(database);
    }
  }

  private static void neverOver(String place) {
    List<JavaProcess> processes = new ArrayList<>();
    try (Opened onlooker = Opened.at(place, Time.system())) {
      List<CompletableFuture<List<String>>> outputs = new ArrayList<>();
      for (int i = 0; i <= PROCESSES; i++) {
        int calls = i < PROCESSES ? CALLS / PROCESSES / THREADS : Integer.MAX_VALUE;
        JavaProcess process =
            JavaProcess.start(
                Storming.class,
                place,
                Long.toString(SEED + i),
                Integer.toString(THREADS),
                Integer.toString(calls));
        processes.add(process);
        process.awaitLine("ready");
      }
      processes.forEach(process -> process.writeLine("go"));
      for (JavaProcess process : processes.subList(0, PROCESSES)) {
        outputs.add(CompletableFuture.supplyAsync(process::remainingLines));
      }
      JavaProcess killed = processes.get(PROCESSES);
      CompletableFuture<Void> all =
          CompletableFuture.allOf(outputs.toArray(CompletableFuture[]::new));
      int looks = 0;
      while (!all.isDone()) {
        for (BudgetStatus status : onlooker.tracker().budgets()) {
          assertThat(status.spent().plus(status.reserved()))
              .as("-Dpowertools.seed=%d: %s", SEED, status)
              .isLessThanOrEqualTo(status.budget().limit());
        }
        looks++;
        if (looks == 5) {
          killed.kill();
        }
      }
      killed.kill();
      assertThat(processes.subList(0, PROCESSES)).extracting(JavaProcess::await).containsOnly(0);
      List<String> told =
          outputs.stream()
              .flatMap(output -> output.join().stream())
              .filter(line -> line.contains("calls/s"))
              .toList();
      assertThat(told).hasSize(PROCESSES);
      assertThat(looks).isPositive();
      System.out.println(
          "BudgetProcessesIT: %s, %d looks, %s"
              .formatted(place.substring(0, place.indexOf(':', 5)), looks, told));
    } finally {
      processes.forEach(JavaProcess::close);
    }
    checkTheEnd(place);
  }

  /** An hour later all that was held by the one that was killed has lapsed. */
  private static void checkTheEnd(String place) {
    Time later = VirtualClock.at(Instant.now().plus(Duration.ofMinutes(30)));
    try (Opened opened = Opened.at(place, later)) {
      List<BudgetStatus> budgets = opened.tracker().budgets();
      assertThat(budgets)
          .as("-Dpowertools.seed=%d", SEED)
          .allSatisfy(
              status -> {
                assertThat(status.reserved()).isEqualTo(Usd.ZERO);
                assertThat(status.overshoot()).isEqualTo(Usd.ZERO);
              });
      Usd entries =
          opened.tracker().recent(Integer.MAX_VALUE).stream()
              .map(LedgerEntry::counted)
              .reduce(Usd.ZERO, Usd::plus);
      assertThat(budgets.get(0).spent())
          .as("-Dpowertools.seed=%d", SEED)
          .isEqualTo(entries)
          .isGreaterThan(Usd.ZERO);
    }
  }

  /** A tracker and what it needs. */
  private record Opened(CostTracker tracker, Store store, AutoCloseable pool)
      implements AutoCloseable {
    static Opened at(String place, Time time) {
      Store store;
      AutoCloseable pool = () -> {};
      if (place.startsWith("sqlite:")) {
        store = Store.sqlite(Path.of(place.substring("sqlite:".length())));
      } else {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(place);
        config.setMaximumPoolSize(3);
        HikariDataSource source = new HikariDataSource(config);
        pool = source;
        store = Store.postgres(source);
      }
      CostTrackerBuilder builder =
          CostTracker.builder().store(store).catalog(CallStorm.CATALOG).time(time);
      CallStorm.budgets(CALLS).forEach(builder::budget);
      return new Opened(builder.build(), store, pool);
    }

    @Override
    public void close() {
      tracker.close();
      store.close();
      try {
        pool.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A process that makes calls until it is done or killed. */
  static final class Storming {
    private Storming() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
      try (Opened opened = Opened.at(arguments[0], Time.system())) {
        System.out.println("ready");
        var unused = System.in.read(); // so that all begin together
        CallStorm storm =
            new CallStorm(opened.tracker(), Long.parseLong(arguments[1]), false, () -> {});
        long start = System.nanoTime();
        Usd spent = storm.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        System.out.println(
            "%d calls, %d refused, %d abandoned, %s spent, %d calls/s"
                .formatted(
                    storm.calls.sum(),
                    storm.refused.sum(),
                    storm.abandoned.sum(),
                    spent.format(),
                    storm.calls.sum() * 1_000_000_000L / (System.nanoTime() - start)));
      }
    }
  }
}
