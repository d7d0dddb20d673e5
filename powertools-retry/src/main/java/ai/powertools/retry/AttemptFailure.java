package ai.powertools.retry;

import java.io.Serializable;
import java.time.Duration;

/**
 * An attempt that failed.
 *
 * @param number which it was, from 1
 * @param duration how long it took
 * @param waited the wait that followed it; zero where none did, as after the last
 * @param error what it failed with
 */
public record AttemptFailure(int number, Duration duration, Duration waited, Throwable error)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
