package ai.powertools.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls so many threads settle.
 *
 * @param perSecond calls that were settled, a second
 * @param p99Micros what ninety-nine of a hundred waited at most for their settling
 */
record SettlingRate(double perSecond, double p99Micros) {
  private static final double NANOS = 1e9;

  /** Settles calls for that time after a warm-up, each thread one call after the other. */
  static SettlingRate of(SettledCalls calls, int threads, Duration warmUp, Duration time)
      throws InterruptedException {
    AtomicLong numbers = new AtomicLong();
    long begin = System.nanoTime() + warmUp.toNanos();
    long end = begin + time.toNanos();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Samples>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> settle(calls, numbers, begin, end)));
      }
      List<Samples> done = new ArrayList<>();
      for (Future<Samples> one : running) {
        done.add(one.get());
      }
      Samples all = Samples.of(done);
      return new SettlingRate(all.size() * NANOS / time.toNanos(), all.micros(0.99));
    } catch (ExecutionException e) {
      throw new IllegalStateException("A call could not be settled.", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** What was settled between begin and end counts. */
  private static Samples settle(SettledCalls calls, AtomicLong numbers, long begin, long end) {
    Samples samples = new Samples();
    long now = System.nanoTime();
    while (now - end < 0) {
      Runnable settling = calls.reserve(numbers.incrementAndGet());
      long start = System.nanoTime();
      settling.run();
      now = System.nanoTime();
      if (now - begin >= 0 && now - end < 0) {
        samples.add(now - start);
      }
    }
    return samples;
  }
}
