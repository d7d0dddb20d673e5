package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds where several stores are open on one database. */
abstract class SharedContract extends OpenStore {

  @Test
  void isStillThereWhenItIsOpenedAgain() {
    store.update(sql -> insert(sql, "before"));
    store.close();
    openStore();
    assertThat(texts()).containsExactly("before");
  }

  @Test
  void aReadSeesOneStateWhateverIsWrittenMeanwhile() {
    store.update(sql -> insert(sql, "a"));
    List<List<String>> twice =
        store.read(
            sql -> {
              List<String> first = texts(sql);
              try (Store other = open()) {
                other.update(inner -> insert(inner, "b"));
              }
              return List.of(first, texts(sql));
            });

    assertThat(twice).containsExactly(List.of("a"), List.of("a"));
    assertThat(texts()).containsExactly("a", "b");
  }

  @Test
  void losesNoIncrementOfSeveralStores() throws Exception {
    int stores = 4;
    int each = 50;
    WritersContract.inThreads(
        stores,
        () -> {
          try (Store mine = open()) {
            for (int i = 0; i < each; i++) {
              increment(mine);
            }
          }
        });
    assertThat(count(store)).isEqualTo(stores * each);
  }

  @Test
  void thoseThatStartTogetherApplyEachStepOnce() throws Exception {
    Migrations migrations =
        Migrations.of("zoo")
            .step(1, "CREATE TABLE animal (name TEXT)")
            .step(2, "INSERT INTO animal VALUES ('tiger')")
            .step(
                3, "CREATE INDEX animal_name ON animal (name); ALTER TABLE animal ADD age BIGINT");
    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
    WritersContract.inThreads(
        8,
        () -> {
          try (Store mine = open()) {
            mine.migrate(migrations);
            seen.add(mine.read(sql -> sql.query("SELECT age FROM animal", r -> 1)).size());
          }
        });
    assertThat(seen).hasSize(8).containsOnly(1);
  }

  @Test
  void thoseThatShareALockNeverHaveToBeRunAgain() throws Exception {
    int stores = 4;
    int each = 50;
    AtomicInteger runs = new AtomicInteger();
    WriteMode mode = WriteMode.DURABLE.exclusive("counter");
    WritersContract.inThreads(
        stores,
        () -> {
          try (Store mine = open()) {
            for (int i = 0; i < each; i++) {
              mine.writeAsync(
                      mode,
                      sql -> {
                        runs.incrementAndGet();
                        increment(sql);
                        return true;
                      })
                  .join();
            }
          }
        });
    assertThat(count(store)).isEqualTo(stores * each);
    assertThat(runs).hasValue(stores * each);
  }
}
