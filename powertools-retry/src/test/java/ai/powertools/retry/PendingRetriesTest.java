package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What ten thousand calls cost that wait for their next attempt, or for their first answer. */
class PendingRetriesTest {
  private static final int CALLS = 10_000;
  private static final long MEGABYTE = 1_000_000;
  private static final long LIMIT = 20 * MEGABYTE;

  private final VirtualClock clock = VirtualClock.create();
  private final Retry retry = Retry.builder().time(clock).fixed(Duration.ofSeconds(5)).build();

  @Test
  void tenThousandWaitingRetriesHoldNoThreadsAndLittleMemory() throws Exception {
    measure("retries that wait", () -> retry.callAsync(PendingRetriesTest::fail));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void behindBreakerBulkheadAndTimeoutTheyHoldNoThreadsAndLittleMemoryEither() throws Exception {
    ErrorHandler handler = handler();
    measure("handled calls that wait", () -> handler.callAsync(PendingRetriesTest::fail));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void soDoAttemptsUnderWay() throws Exception {
    ErrorHandler handler = handler();
    measure("handled calls under way", () -> handler.callAsync(CompletableFuture::new));
    assertThat(clock.pending()).isZero();
  }

  private ErrorHandler handler() {
    return ErrorHandler.builder()
        .retry(retry)
        .circuitBreakers(
            CircuitBreakers.builder().minimumCalls(1_000_000).window(1_000_000).time(clock).build())
        .bulkhead(CALLS)
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  /** Each with an error and a stack trace of its own, as in life. */
  private static CompletableFuture<String> fail() {
    return CompletableFuture.failedFuture(new Busy());
  }

  /**
   * On a thread of its own, as clients of HTTP have them: on one of the test engine's the traces of
   * a hundred frames would be most of what is measured.
   */
  private void measure(String what, Supplier<CompletableFuture<String>> call) throws Exception {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              measureHere(what, call);
              return "measured";
            });
    new Thread(task).start();
    task.get();
  }

  private void measureHere(String what, Supplier<CompletableFuture<String>> call) {
    call.get().cancel(true); // loads classes
    List<CompletableFuture<String>> answers = new ArrayList<>(CALLS);
    int threadsBefore = threads();
    long before = used();
    for (int i = 0; i < CALLS; i++) {
      answers.add(call.get());
    }
    int threads = threads() - threadsBefore;
    long bytes = used() - before;
    System.out.printf(
        "%d %s: %d more threads, %.1f MB, %d bytes each%n",
        CALLS, what, threads, (double) bytes / MEGABYTE, bytes / CALLS);

    assertThat(clock.pending()).isGreaterThanOrEqualTo(CALLS);
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    // The JVM itself may start or end one or two of its own meanwhile.
    assertThat(threads).isLessThan(10);
    assertThat(bytes).isLessThan(LIMIT);
    answers.forEach(answer -> answer.cancel(true));
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** The least of what is in use after several collections: the rest is not garbage. */
  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
