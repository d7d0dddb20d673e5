package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What holds of both flavours; run on classes by {@link ThreadsTest}, on the jar by the IT. */
abstract class ThreadsContract {
  @Test
  void numbersItsThreadsAndLetsTheJvmEnd() {
    var factory = Threads.factory("worker");
    Thread first = factory.newThread(() -> {});
    Thread second = factory.newThread(() -> {});

    assertThat(first.getName()).isEqualTo("worker-0");
    assertThat(second.getName()).isEqualTo("worker-1");
    assertThat(first.isDaemon()).isTrue();
  }

  @Test
  void startsEveryTaskAtOnce() throws Exception {
    int tasks = 64;
    CountDownLatch allHere = new CountDownLatch(tasks);
    ExecutorService executor = Threads.perTask("task");
    try {
      List<Future<Boolean>> arrived = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        arrived.add(
            executor.submit(
                () -> {
                  allHere.countDown();
                  return allHere.await(30, TimeUnit.SECONDS);
                }));
      }
      for (Future<Boolean> future : arrived) {
        assertThat(future.get()).isTrue();
      }
    } finally {
      executor.shutdown();
    }
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }
}
