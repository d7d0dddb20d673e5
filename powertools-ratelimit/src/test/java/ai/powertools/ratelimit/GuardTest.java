package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at one guard: platform ones, and virtual ones where there are any. */
@Timeout(120)
class GuardTest {
  private final Guard guard = new Guard();
  private long count; // guarded by the guard, and by nothing else
  private long inside;
  private long crowded;

  private void countUp(int times) {
    for (int i = 0; i < times; i++) {
      guard.lock();
      try {
        inside++;
        crowded += inside == 1 ? 0 : 1;
        count++;
        if (i % 500 == 0) {
          LockSupport.parkNanos(1); // who holds it may lose its processor
        }
        inside--;
      } finally {
        guard.unlock();
      }
    }
  }

  @Test
  void aFewThreadsAreNeverInAtTheSameTime() throws InterruptedException {
    ThreadFactory factory = runnable -> new Thread(runnable, "guard-test");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(factory.newThread(() -> countUp(20_000)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(count).isEqualTo(8 * 20_000);
    assertThat(crowded).isZero();
  }

  @Test
  void hundredsOfThreadsAllComeToTheirTurn() throws Exception {
    ExecutorService threads = Threads.perTask("guard");
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        ends.add(threads.submit(() -> countUp(200)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(count).isEqualTo(300 * 200);
    assertThat(crowded).isZero();
  }

  @Test
  void anInterruptIsKeptForLater() throws InterruptedException {
    guard.lock();
    List<Boolean> flags = new ArrayList<>();
    Thread waiting =
        Threads.factory("guard")
            .newThread(
                () -> {
                  guard.lock();
                  flags.add(Thread.currentThread().isInterrupted());
                  guard.unlock();
                });
    waiting.start();
    waiting.interrupt();
    guard.unlock();
    waiting.join();
    assertThat(flags).containsExactly(true);
  }
}
