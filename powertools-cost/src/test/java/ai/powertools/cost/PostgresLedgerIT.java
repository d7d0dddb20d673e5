package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import ai.powertools.store.Store;
import ai.powertools.testing.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresLedgerIT extends SharedLedgerContract {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int STORES = 3;
  private static final int THREADS_PER_STORE = 4;
  private static final int MOST_CENTS = 30;

  private final DataSource database;

  PostgresLedgerIT(DataSource database) {
    this.database = database;
  }

  @Override
  Store create() {
    return Store.postgres(database);
  }

  /** Each store writes on a thread of its own, as the processes of several machines do. */
  @Test
  void manyWritersTogetherNeverSpendMoreThanTheBudget() throws Exception {
    Budget budget = Budget.usd(5);
    ExecutorService executor = Executors.newCachedThreadPool();
    List<Store> stores = new ArrayList<>();
    try {
      List<Future<Usd>> spenders = new ArrayList<>();
      for (int i = 0; i < STORES; i++) {
        Store store = create();
        stores.add(store);
        CostTracker tracker = tracker(store, budget);
        for (int thread = 0; thread < THREADS_PER_STORE; thread++) {
          Random random = new Random(SEED + spenders.size());
          spenders.add(executor.submit(() -> spendAll(tracker, budget, random)));
        }
      }
      CostTracker onlooker = tracker(stores.get(0), budget);
      Usd reported = Usd.ZERO;
      for (Future<Usd> spender : spenders) {
        while (!spender.isDone()) {
          BudgetStatus status = onlooker.budgets().get(0);
          assertThat(status.spent().plus(status.reserved()))
              .as("-Dpowertools.seed=%d: %s", SEED, status)
              .isLessThanOrEqualTo(budget.limit());
        }
        reported = reported.plus(spender.get());
      }

      BudgetStatus end = onlooker.budgets().get(0);
      assertThat(end.reserved()).isEqualTo(Usd.ZERO);
      assertThat(end.spent())
          .as("-Dpowertools.seed=%d: %s", SEED, end)
          .isEqualTo(reported)
          .isEqualTo(onlooker.total().known())
          .isLessThanOrEqualTo(budget.limit())
          .isGreaterThan(budget.limit().minus(Usd.cents(MOST_CENTS)));
    } finally {
      executor.shutdownNow();
      stores.forEach(Store::close);
    }
  }

  private static CostTracker tracker(Store store, Budget budget) {
    return CostTracker.builder().store(store).catalog(Calls.CATALOG).budget(budget).build();
  }

  private static Usd spendAll(CostTracker tracker, Budget budget, Random random) {
    Usd spent = Usd.ZERO;
    Usd left = budget.limit();
    while (left.compareTo(Usd.cents(MOST_CENTS)) >= 0) {
      int most = 1 + random.nextInt(MOST_CENTS);
      try (CallSpan span = Calls.start(tracker, most)) {
        LedgerEntry entry = span.usage(Calls.cents(random.nextInt(most + 1)));
        spent = spent.plus(entry.cost().orElseThrow());
      } catch (BudgetExceededException e) {
        // Others may only have reserved what they will give back; what is spent stays spent.
        left = budget.limit().minus(e.status().spent());
      }
    }
    return spent;
  }
}
