package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sinks that nobody waits for. */
@Timeout(60)
class AsyncSinkTest {
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final ErrorSink sink = event -> taken.add(event.message());

  private static void awaitWithoutInterrupt(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everythingThatWasTakenIsHandedOverInOrderBeforeCloseReturns() {
    try (AsyncSink async = sink.async(1_000)) {
      for (int i = 0; i < 1_000; i++) {
        async.accept(Events.of("no. " + i));
      }
      assertThat(async.dropped()).isZero();
    }

    assertThat(taken).isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "no. " + i).toList());
  }

  @Test
  void whatIsTooMuchIsDroppedAndCountedAndNobodyWaits() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ErrorSink slow =
        event -> {
          busy.countDown();
          awaitWithoutInterrupt(release);
          sink.accept(event);
        };
    try (AsyncSink async = slow.async(2)) {
      async.accept(Events.of("in work"));
      busy.await();
      for (int i = 0; i < 5; i++) {
        async.accept(Events.of("no. " + i));
      }
      assertThat(async.dropped()).isEqualTo(3);
      release.countDown();
    }

    assertThat(taken).containsExactly("in work", "no. 0", "no. 1");
  }

  @Test
  void afterItWasClosedItDropsAndCounts() {
    AsyncSink async = sink.async(10);
    async.close();
    async.close();
    async.accept(Events.of("late"));

    assertThat(async.dropped()).isOne();
    assertThat(taken).isEmpty();
  }

  @Test
  void aSinkThatFailsOnceGetsTheNext() {
    AtomicInteger calls = new AtomicInteger();
    ErrorSink moody =
        event -> {
          if (calls.getAndIncrement() == 0) {
            throw new QuietException();
          }
          sink.accept(event);
        };
    try (AsyncSink async = moody.async(10)) {
      async.accept(Events.of("lost"));
      async.accept(Events.of("kept"));
    }

    assertThat(taken).containsExactly("kept");
  }

  @Test
  void aWaitForTheEndCanBeInterrupted() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AsyncSink async =
        ((ErrorSink)
                event -> {
                  awaitWithoutInterrupt(release);
                  sink.accept(event);
                })
            .async(10);
    async.accept(Events.of("slow"));
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    Thread closer =
        new Thread(
            () -> {
              async.close();
              interrupted.add(Thread.currentThread().isInterrupted());
            });
    closer.start();
    closer.interrupt();
    closer.join();
    assertThat(interrupted).containsExactly(true);
    release.countDown();
    async.close();

    assertThat(taken).containsExactly("slow");
  }

  @Test
  void manyThreadsLoseNothingThatIsNotCounted() throws InterruptedException {
    AsyncSink async = sink.async(100);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread thread =
          new Thread(() -> IntStream.range(0, 500).forEach(i -> async.accept(Events.of("x"))));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    async.close();

    assertThat(taken.size() + async.dropped()).isEqualTo(8 * 500);
  }

  @Test
  void aQueueOfNoneIsRefused() {
    assertThatThrownBy(() -> sink.async(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("queue of 0");
  }

  /** Without a stack trace on the console of the tests. */
  private static final class QuietException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QuietException() {
      super("moody", null, false, false);
    }
  }
}
