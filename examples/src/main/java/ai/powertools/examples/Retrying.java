package ai.powertools.examples;

import ai.powertools.core.Deadline;
import ai.powertools.retry.Backoff;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.PlannedWait;
import ai.powertools.retry.Retry;
import ai.powertools.retry.Schedule;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The waits of a retry before anything fails, and then a call that fails three times, with what the
 * listener hears and what the result tells. On a clock that whoever waits moves, so half a minute
 * is over at once; leave out {@code time(…)} and it takes that long.
 */
public final class Retrying {
  private Retrying() {}

  public static void main(String[] arguments) {
    VirtualClock clock = VirtualClock.autoAdvancing();
    Retry retry =
        Retry.builder()
            .maxAttempts(6)
            .exponential(Duration.ofMillis(200), 2.0)
            .equalJitter()
            .schedule(
                ErrorKind.THROTTLED, Schedule.of(Backoff.of(Duration.ofSeconds(1))).maxAttempts(3))
            .listener(
                event ->
                    System.out.printf(
                        "%6d ms  attempt %d failed: %s%n",
                        event.elapsed().toMillis(), event.attempt(), event.error().getMessage()))
            .time(clock)
            .build();
    System.out.println("the plan");
    for (PlannedWait wait : retry.preview(5)) {
      System.out.printf(
          "  after attempt %d: %d to %d ms%n",
          wait.attempt(), wait.least().toMillis(), wait.most().toMillis());
    }

    System.out.println("what happens");
    List<Exception> failures =
        List.of(
            new IOException("connection reset"),
            new Throttled(Duration.ofSeconds(20)),
            new IOException("HTTP/1.1 header parser received no bytes"));
    CallResult<String> result =
        retry.run(
            Deadline.after(Duration.ofMinutes(1), clock),
            attempt -> {
              if (attempt.number() <= failures.size()) {
                throw failures.get(attempt.number() - 1);
              }
              return "answered at last";
            });
    System.out.println(result.value() + ", in " + result.attempts() + " attempts");
    result
        .failures()
        .forEach(
            failure ->
                System.out.printf(
                    "  attempt %d was %s, then a wait of %s%n",
                    failure.number(), failure.kind(), about(failure.waited())));
  }

  /** Jitter is drawn anew each time. */
  private static String about(Duration wait) {
    return wait.toSeconds() >= 20 ? "20 s or a little more, as it was asked to" : "less than 1 s";
  }
}
