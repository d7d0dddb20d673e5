package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.store.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who watches is told, on every database. */
abstract class WatchContract extends OpenStore {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);

  @Test
  void tellsACommitOfThisProcessAtOnce() throws Exception {
    Semaphore calls = new Semaphore(0);
    try (Watch watch = store.watch(NEVER, calls::release)) {
      assertThat(watch).isNotNull();
      increment(store);
      calls.acquire(); // or it would take a day
    }
  }

  @Test
  void neverMissesTheLastChange() throws Exception {
    AtomicLong seen = new AtomicLong();
    CountDownLatch all = new CountDownLatch(1);
    int threads = 4;
    int each = 25;
    Runnable look =
        () -> {
          seen.set(count(store)); // a call may use the store
          if (seen.get() == threads * each) {
            all.countDown();
          }
        };
    Watch watch = store.watch(SOON, look);
    Watch lazy = store.watch(NEVER, () -> {});
    WritersContract.inThreads(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            increment(store);
          }
        });
    all.await();
    List.of(lazy, watch, watch).forEach(Watch::close);
    assertThat(seen).hasValue(threads * each);
  }

  @Test
  void goesOnAfterACallThatThrew() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Semaphore told = new Semaphore(0);
    try (Watch watch =
        store.watch(
            SOON,
            () -> {
              told.release();
              Thread.currentThread().interrupt();
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("the first");
              }
              throw new AssertionError("the others");
            })) {
      assertThat(watch).isNotNull();
      for (int i = 0; i < 3; i++) {
        increment(store);
        told.acquire();
      }
    }
  }

  @Test
  void tellsNothingAfterItWasClosed() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    Semaphore other = new Semaphore(0);
    Watch watch = store.watch(SOON, closed::incrementAndGet);
    watch.close();
    try (Watch open = store.watch(SOON, other::release)) {
      assertThat(open).isNotNull();
      increment(store);
      other.acquire();
    }
    assertThat(closed).hasValue(0);
  }

  @Test
  void aCallMayCloseTheStore() throws Exception {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    Watch watch =
        store.watch(
            SOON,
            () -> {
              store.close();
              closed.complete(true);
            });
    increment(store);
    assertThat(closed.get()).isTrue();
    watch.close();
    assertThat(kind(() -> store.watch(SOON, () -> {}))).isEqualTo(Kind.MISUSE);
  }

  @Test
  void readingIsNoChange() throws Exception {
    Semaphore calls = new Semaphore(0);
    AtomicInteger count = new AtomicInteger();
    try (Watch watch =
        store.watch(
            SOON,
            () -> {
              count.incrementAndGet();
              texts();
              calls.release();
            })) {
      assertThat(watch).isNotNull();
      increment(store);
      calls.acquire();
      for (int i = 0; i < 100; i++) {
        texts();
      }
      increment(store);
      calls.acquire();
    }
    assertThat(count.get())
        .as("one for each commit, and what a server does by itself")
        .isLessThan(50);
  }

  @Test
  void wantsToKnowHowOften() {
    assertThatThrownBy(() -> store.watch(Duration.ZERO, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Say how often: more than zero, not PT0S.");
    assertThat(kind(() -> store.update(sql -> store.watch(SOON, () -> {})))).isEqualTo(Kind.MISUSE);
  }
}
