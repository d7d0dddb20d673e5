package ai.powertools.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that write one value after the other, as fast as they are let. */
final class ClosedLoop {
  private static final int KEYS = 100;
  private static final double NANOS = 1e9;

  /** By when all threads of a window are at work. */
  private static final Duration LEAD = Duration.ofMillis(50);

  private final DurableWrites place;
  private final int threads;

  ClosedLoop(DurableWrites place, int threads) {
    this.place = place;
    this.threads = threads;
  }

  /**
   * What one window came to.
   *
   * @param perSecond writes that returned within it, a second
   * @param p50Micros what half of them took at most
   * @param p99Micros what ninety-nine of a hundred took at most
   */
  record Window(double perSecond, double p50Micros, double p99Micros) {}

  /**
   * Writes for that long.
   *
   * @throws IllegalStateException if a write failed, or what a thread wrote last is not there
   */
  Window run(Duration time) throws InterruptedException {
    long begin = System.nanoTime() + LEAD.toNanos();
    long end = begin + time.toNanos();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Samples>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        running.add(pool.submit(() -> write(thread, begin, end)));
      }
      List<Samples> done = new ArrayList<>();
      for (Future<Samples> one : running) {
        done.add(one.get());
      }
      Samples all = Samples.of(done);
      return new Window(all.size() * NANOS / time.toNanos(), all.micros(0.5), all.micros(0.99));
    } catch (ExecutionException e) {
      throw new IllegalStateException("A value could not be kept.", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Samples write(int thread, long begin, long end) {
    SplittableRandom random = new SplittableRandom();
    Samples samples = new Samples();
    int key;
    String value;
    do {
      key = random.nextInt(KEYS);
      value = Letters.random(random);
      long start = System.nanoTime();
      place.write(thread, key, value);
      long now = System.nanoTime();
      if (now - begin >= 0 && now - end < 0) {
        samples.add(now - start);
      }
    } while (System.nanoTime() - end < 0);
    if (!place.last(thread, key).equals(value)) {
      throw new IllegalStateException("Thread " + thread + " does not find what it wrote last.");
    }
    return samples;
  }
}
