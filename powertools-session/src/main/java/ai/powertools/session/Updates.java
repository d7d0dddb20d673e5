package ai.powertools.session;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Tries updates again that came too late. Threads of one process that update the same value take
 * turns, so that they need not: that is a courtesy, what counts is the version.
 */
final class Updates {
  private static final int STRIPES = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LONGEST_PAUSE_MICROS = 10_000;

  /** So short, since a function that updates another value holds its turn meanwhile. */
  private static final long LONGEST_TURN_MILLIS = 20;

  private final ReentrantLock[] turns =
      IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);
  private final Time time;

  Updates(Time time) {
    this.time = time;
  }

  <T> T run(String session, String key, Supplier<T> attempt) {
    ReentrantLock turn = turns[Math.floorMod(Objects.hash(session, key), STRIPES)];
    try {
      boolean mine = turn.tryLock(LONGEST_TURN_MILLIS, TimeUnit.MILLISECONDS);
      try {
        return retry(attempt);
      } finally {
        if (mine) {
          turn.unlock();
        }
      }
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("updating " + Names.where(session, key), e);
    }
  }

  private <T> T retry(Supplier<T> attempt) throws InterruptedException {
    long start = time.nanos();
    for (int tries = 1; ; tries++) {
      try {
        return attempt.get();
      } catch (StaleSessionException e) {
        if (!e.isByVersion() || time.since(start).compareTo(PATIENCE) >= 0) {
          throw e;
        }
      }
      long most = Math.min(LONGEST_PAUSE_MICROS, 100L << Math.min(tries, 16));
      time.sleep(Duration.ofNanos((ThreadLocalRandom.current().nextLong(most) + 1) * 1_000));
    }
  }
}
