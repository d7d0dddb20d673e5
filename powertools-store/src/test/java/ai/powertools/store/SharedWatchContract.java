package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What others commit is noticed, too. */
abstract class SharedWatchContract extends OpenStore {

  @Test
  void tellsWhatAnotherStoreCommitted() throws Exception {
    Semaphore calls = new Semaphore(0);
    try (Watch watch = store.watch(Duration.ofMillis(5), calls::release);
        Store other = open()) {
      assertThat(watch).isNotNull();
      for (int i = 0; i < 5; i++) {
        increment(other);
        calls.acquire();
      }
    }
  }

  /** Its end is all that is seen of it, and later ones have ended before. */
  @Test
  void tellsATransactionThatWasOvertaken() throws Exception {
    Semaphore calls = new Semaphore(0);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Store slow = open();
        Watch watch = store.watch(Duration.ofMillis(5), calls::release)) {
      assertThat(watch).isNotNull();
      var written =
          slow.writeAsync(
              sql -> {
                insert(sql, "slow");
                begun.countDown();
                WritersContract.await(end);
                return true;
              });
      begun.await();
      if (overtakes()) {
        increment(store);
        calls.acquire();
      }
      end.countDown();
      written.join();
      do {
        calls.acquire();
      } while (texts().isEmpty());
    }
  }

  /** Whether two may write at the same time. */
  abstract boolean overtakes();
}
