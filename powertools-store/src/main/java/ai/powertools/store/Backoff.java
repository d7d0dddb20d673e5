package ai.powertools.store;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits between tries that lost to another process: a random while, longer on average each time, so
 * that the processes fall out of step.
 */
final class Backoff {
  private static final long LONGEST_MICROS = 50_000;

  private final Time time;

  Backoff(Time time) {
    this.time = time;
  }

  /**
   * @param tries how many were lost, from 1
   */
  void pause(int tries) throws InterruptedException {
    long most = Math.min(LONGEST_MICROS, 500L << Math.min(tries, 16));
    long micros = ThreadLocalRandom.current().nextLong(most) + 1;
    time.sleep(Duration.ofNanos(micros * 1_000));
  }
}
