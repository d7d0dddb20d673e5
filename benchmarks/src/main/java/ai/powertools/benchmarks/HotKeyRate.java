package ai.powertools.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many decisions about one key so many threads get a second, as fast as they are let. */
final class HotKeyRate {
  private static final double NANOS = 1e9;

  /** By when all threads of a window are at work. */
  private static final Duration LEAD = Duration.ofMillis(50);

  private HotKeyRate() {}

  /**
   * Decisions a second within that time.
   *
   * @param name of those keys, for messages
   * @param keys one for each process; the threads are dealt out among them
   * @throws IllegalStateException if a request was refused, or got no decision; names the keys
   */
  static double of(String name, List<? extends HotKey> keys, int threads, Duration time)
      throws InterruptedException {
    long begin = System.nanoTime() + LEAD.toNanos();
    long end = begin + time.toNanos();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        HotKey key = keys.get(i % keys.size());
        running.add(pool.submit(() -> take(name, key, begin, end)));
      }
      long taken = 0;
      for (Future<Long> one : running) {
        taken += one.get();
      }
      return taken * NANOS / time.toNanos();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "A thread got no decision of \"" + name + "\".", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** What was decided between begin and end counts. */
  private static long take(String name, HotKey key, long begin, long end) {
    long taken = 0;
    while (true) {
      if (!key.take()) {
        throw new IllegalStateException("\"" + name + "\" refused, with plenty left.");
      }
      long now = System.nanoTime();
      if (now - end >= 0) {
        return taken;
      }
      if (now - begin >= 0) {
        taken++;
      }
    }
  }
}
