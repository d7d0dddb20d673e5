package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A thousand clients of one provider that is down for a minute and comes back. Each client calls,
 * waits for the end of it, thinks, and calls again.
 */
class RetryStormSimulation {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int CLIENTS = Integer.getInteger("powertools.storm.clients", 1_000);
  private static final int MAX_ATTEMPTS = 5;

  private static final Duration DOWN = Duration.ofSeconds(30);
  private static final Duration UP_AGAIN = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofMinutes(3);
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int THINK_MILLIS = 10_000;

  private final VirtualClock clock = VirtualClock.create();
  private final Random random = new Random(SEED);
  private final TreeMap<Long, Slice> slices = new TreeMap<>();

  /** What began in ten seconds, and how calls ended in them. */
  private static final class Slice {
    private long calls;
    private long attempts;
    private long answers;
    private long failures;
  }

  @Test
  void attemptsStayWithinTheBoundOfMaxAttemptsAndRecoveryIsComplete() {
    Retry retry =
        Retry.builder()
            .maxAttempts(MAX_ATTEMPTS)
            .exponential(Duration.ofMillis(500), 2.0)
            .cap(LONGEST_WAIT)
            .fullJitter()
            .time(clock)
            .random(random)
            .build();
    for (int i = 0; i < CLIENTS; i++) {
      think(retry);
    }
    clock.advance(END);
    print();

    assertThat(attempts(Duration.ZERO, END)).isLessThanOrEqualTo(MAX_ATTEMPTS * calls(END));
    // Up and steady: nobody tries twice.
    assertThat(attempts(Duration.ZERO, DOWN)).isEqualTo(calls(DOWN));
    // Down: everybody does, and calls fail only by then, after all their attempts.
    assertThat(attempts(DOWN, UP_AGAIN)).isGreaterThan(2 * (calls(UP_AGAIN) - calls(DOWN)));
    long failures = slices.values().stream().mapToLong(slice -> slice.failures).sum();
    assertThat(failures).isPositive();
    assertThat(failures * MAX_ATTEMPTS)
        .as("each failed call made all its attempts while the provider was down")
        .isLessThanOrEqualTo(attempts(DOWN, UP_AGAIN));
    // Up again, and the longest wait over: as before.
    Duration recovered = UP_AGAIN.plus(LONGEST_WAIT);
    assertThat(attempts(recovered, END)).isEqualTo(calls(END) - calls(recovered));
    assertThat(failuresSince(recovered)).isZero();
  }

  @Test
  void fullJitterSpreadsAHerdThatNoJitterKeepsTogether() {
    assertThat(peakOfSecondAttempts(Jitter.none())).isEqualTo(CLIENTS);
    assertThat(peakOfSecondAttempts(Jitter.full())).isLessThan(CLIENTS / 5L);
  }

  /** The most second attempts in any hundredth of a second, after all first ones failed at once. */
  private long peakOfSecondAttempts(Jitter jitter) {
    VirtualClock herd = VirtualClock.create();
    Retry retry =
        Retry.builder()
            .maxAttempts(2)
            .fixed(Duration.ofSeconds(1))
            .jitter(jitter)
            .time(herd)
            .random(random)
            .build();
    TreeMap<Long, Long> hundredths = new TreeMap<>();
    for (int i = 0; i < CLIENTS; i++) {
      var unused =
          retry.callAsync(
              Deadline.never(),
              attempt -> {
                if (attempt.number() == 2) {
                  hundredths.merge(herd.elapsed().toMillis() / 10, 1L, Long::sum);
                }
                return CompletableFuture.<String>failedFuture(new Busy());
              });
    }
    herd.advance(Duration.ofSeconds(1));
    long peak = hundredths.values().stream().mapToLong(Long::longValue).max().orElse(0);
    System.out.printf("%s jitter: at most %d attempts in 10 ms%n", jitter, peak);
    return peak;
  }

  private void think(Retry retry) {
    clock.after(Duration.ofMillis(random.nextInt(THINK_MILLIS)), () -> call(retry));
  }

  private void call(Retry retry) {
    slice().calls++;
    var unused =
        retry
            .callAsync(this::attempt)
            .whenComplete(
                (answer, error) -> {
                  if (error == null) {
                    slice().answers++;
                  } else {
                    slice().failures++;
                  }
                  think(retry);
                });
  }

  private CompletableFuture<String> attempt() {
    slice().attempts++;
    boolean down = clock.elapsed().compareTo(DOWN) >= 0 && clock.elapsed().compareTo(UP_AGAIN) < 0;
    if (down) {
      return CompletableFuture.failedFuture(new Busy());
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    clock.after(LATENCY, () -> answer.complete("answer"));
    return answer;
  }

  private Slice slice() {
    return slices.computeIfAbsent(clock.elapsed().toSeconds() / 10, number -> new Slice());
  }

  private long calls(Duration until) {
    return slices.headMap(until.toSeconds() / 10).values().stream()
        .mapToLong(slice -> slice.calls)
        .sum();
  }

  private long attempts(Duration from, Duration until) {
    return slices.subMap(from.toSeconds() / 10, until.toSeconds() / 10).values().stream()
        .mapToLong(slice -> slice.attempts)
        .sum();
  }

  private long failuresSince(Duration from) {
    return slices.tailMap(from.toSeconds() / 10).values().stream()
        .mapToLong(slice -> slice.failures)
        .sum();
  }

  private void print() {
    System.out.printf(
        "powertools.seed=%d: %d clients, down from %d s to %d s, at most %d attempts a call%n",
        SEED, CLIENTS, DOWN.toSeconds(), UP_AGAIN.toSeconds(), MAX_ATTEMPTS);
    System.out.println("   from s     calls  attempts   answers  failures  attempts/call");
    slices.forEach(
        (number, slice) ->
            System.out.printf(
                "%9d %9d %9d %9d %9d %14.2f%n",
                number * 10,
                slice.calls,
                slice.attempts,
                slice.answers,
                slice.failures,
                (double) slice.attempts / Math.max(1, slice.calls)));
  }
}
