package ai.powertools.retry;

import static ai.powertools.retry.Storm.CLIENTS;
import static ai.powertools.retry.Storm.DOWN;
import static ai.powertools.retry.Storm.UP_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.testing.VirtualClock;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A thousand clients of one provider that is down for a minute and comes back, by our retry with a
 * budget and without, and by the defaults of others, each the real thing on a virtual clock.
 */
class RetryStormSimulation {
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final Duration BEGIN = Duration.ZERO;

  /** Attempts per call with a budget of a tenth. */
  private static final double BOUND = 1.1;

  /** What such a budget may have saved up when the provider goes down. */
  private static final int SAVED = 100;

  private static final String OURS = "ours, budget of 0.1";

  @Test
  void aBudgetKeepsAnOutageFromMultiplyingCallsAndNobodyWaitsLongerForIt() {
    Duration end = Duration.ofMinutes(3);
    Map<String, StormLog> logs = race(clock -> () -> fragile(clock), end);
    print("The provider fails at once from 30 s to 90 s", logs, end);

    StormLog ours = logs.get(OURS);
    assertThat(ours.amplification(BEGIN, end)).isLessThanOrEqualTo(BOUND);
    // In the outage alone it is a tenth of the calls, and what was saved before it.
    long calls = ours.calls(DOWN, UP_AGAIN);
    assertThat((double) (ours.attempts(DOWN, UP_AGAIN) - SAVED) / calls).isLessThanOrEqualTo(BOUND);
    logs.forEach(
        (name, log) -> {
          assertThat(log.attempts(BEGIN, DOWN)).as(name).isEqualTo(log.calls(BEGIN, DOWN));
          assertThat(log.failures(UP_AGAIN.plusSeconds(10), end)).as(name).isZero();
        });
    logs.remove(OURS);
    assertThat(logs.values())
        .allSatisfy(log -> assertThat(log.amplification(DOWN, UP_AGAIN)).isGreaterThan(2.9));
  }

  @Test
  void aProviderOfLimitedStrengthRecoversOnlyFromThoseWhoHaveABudget() {
    Duration end = Duration.ofMinutes(5);
    Map<String, StormLog> logs = race(CrowdedProvider::new, end);
    print("The provider stands still from 30 s to 90 s and serves 250 per second", logs, end);

    Duration lastMinute = end.minusSeconds(60);
    StormLog ours = logs.remove(OURS);
    assertThat(ours.amplification(BEGIN, end)).isLessThanOrEqualTo(BOUND);
    assertThat(ours.failures(lastMinute, end)).isZero();
    assertThat(ours.answers(lastMinute, end)).isGreaterThan(9 * ours.answers(BEGIN, DOWN) / 5);
    assertThat(logs.values())
        .allSatisfy(
            log -> assertThat(log.answers(UP_AGAIN, end)).isLessThan(ours.answers(UP_AGAIN, end)));
  }

  @Test
  void withoutABudgetAttemptsStayWithinTheirNumberAndRecoveryIsComplete() {
    int attempts = 5;
    Duration longestWait = Duration.ofSeconds(10);
    Duration end = Duration.ofMinutes(3);
    VirtualClock clock = VirtualClock.create();
    Random random = new Random(Law.SEED);
    Retry retry =
        Retry.builder()
            .maxAttempts(attempts)
            .exponential(Duration.ofMillis(500), 2.0)
            .cap(longestWait)
            .time(clock)
            .random(random)
            .build();
    StormLog log = new Storm(clock, random, () -> fragile(clock), by(retry)).run(end);
    print("Five attempts without a budget", new LinkedHashMap<>(Map.of("ours", log)), end);

    assertThat(log.attempts(BEGIN, end)).isLessThanOrEqualTo(attempts * log.calls(BEGIN, end));
    assertThat(log.amplification(DOWN, UP_AGAIN)).isGreaterThan(2);
    assertThat(log.failures(BEGIN, end)).isPositive();
    assertThat(log.failures(BEGIN, end) * attempts)
        .as("each failed call made all its attempts while the provider was down")
        .isLessThanOrEqualTo(log.attempts(DOWN, UP_AGAIN));
    Duration recovered = UP_AGAIN.plus(longestWait);
    assertThat(log.attempts(recovered, end)).isEqualTo(log.calls(recovered, end));
    assertThat(log.failures(recovered, end)).isZero();
  }

  @Test
  void fullJitterSpreadsAHerdThatNoJitterKeepsTogether() {
    assertThat(peakOfSecondAttempts(Jitter.none())).isEqualTo(CLIENTS);
    assertThat(peakOfSecondAttempts(Jitter.full())).isLessThan(CLIENTS / 5L);
  }

  /** The most second attempts in any hundredth of a second, after all first ones failed at once. */
  private static long peakOfSecondAttempts(Jitter jitter) {
    VirtualClock herd = VirtualClock.create();
    Retry retry =
        Retry.builder()
            .maxAttempts(2)
            .fixed(Duration.ofSeconds(1))
            .jitter(jitter)
            .time(herd)
            .random(new Random(Law.SEED))
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

  /** The same storm for each of them. */
  private static Map<String, StormLog> race(
      Function<VirtualClock, Supplier<CompletionStage<String>>> provider, Duration end) {
    Map<String, Function<VirtualClock, Storm.Caller>> callers = new LinkedHashMap<>();
    callers.put(OURS, RetryStormSimulation::ours);
    callers.put("ours without a budget", clock -> by(retry(clock).build()));
    callers.put("Resilience4j's defaults", RetryStormSimulation::resilience4j);
    callers.put("Failsafe's defaults", RetryStormSimulation::failsafe);
    Map<String, StormLog> logs = new LinkedHashMap<>();
    callers.forEach(
        (name, caller) -> {
          VirtualClock clock = VirtualClock.create();
          Storm storm =
              new Storm(clock, new Random(Law.SEED), provider.apply(clock), caller.apply(clock));
          logs.put(name, storm.run(end));
        });
    return logs;
  }

  private static Storm.Caller ours(VirtualClock clock) {
    return by(retry(clock).budget(RetryBudget.share(0.1)).build());
  }

  private static RetryBuilder retry(VirtualClock clock) {
    return Retry.builder().time(clock).random(new Random(Law.SEED));
  }

  private static Storm.Caller by(Retry retry) {
    return attempt -> retry.callAsync(() -> attempt.get().toCompletableFuture());
  }

  /** Three attempts, half a second apart. */
  private static Storm.Caller resilience4j(VirtualClock clock) {
    ClockScheduler scheduler = new ClockScheduler(clock);
    io.github.resilience4j.retry.Retry retry =
        io.github.resilience4j.retry.Retry.ofDefaults("storm");
    return attempt -> retry.executeCompletionStage(scheduler, attempt);
  }

  /** Three attempts without a wait. */
  private static Storm.Caller failsafe(VirtualClock clock) {
    FailsafeExecutor<String> failsafe =
        Failsafe.with(RetryPolicy.<String>ofDefaults()).with(new ClockScheduler(clock));
    return attempt -> failsafe.getStageAsync(attempt::get);
  }

  private static CompletionStage<String> fragile(VirtualClock clock) {
    if (Storm.isDown(clock.elapsed())) {
      return CompletableFuture.failedFuture(new Busy());
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    clock.after(LATENCY, () -> answer.complete("answer"));
    return answer;
  }

  private static void print(String what, Map<String, StormLog> logs, Duration end) {
    System.out.printf("powertools.seed=%d: %d clients. %s.%n", Law.SEED, CLIENTS, what);
    logs.forEach(
        (name, log) ->
            System.out.printf(
                "  %-24s %.3f attempts per call in all, %.3f while it is down, of which %.3f saved%n",
                name,
                log.amplification(BEGIN, end),
                log.amplification(DOWN, UP_AGAIN),
                name.equals(OURS) ? (double) SAVED / log.calls(DOWN, UP_AGAIN) : 0));
    System.out.printf("%8s", "from s");
    logs.keySet().forEach(name -> System.out.printf(" | %26s", name));
    System.out.printf("%n%8s", "");
    logs.keySet()
        .forEach(name -> System.out.printf(" | %8s %8s %8s", "attempts", "answers", "failures"));
    System.out.println();
    Duration slice = Duration.ofSeconds(StormLog.SECONDS);
    for (Duration from = BEGIN; from.compareTo(end) < 0; from = from.plus(slice)) {
      System.out.printf("%8d", from.toSeconds());
      for (StormLog log : logs.values()) {
        Duration until = from.plus(slice);
        System.out.printf(
            " | %8d %8d %8d",
            log.attempts(from, until), log.answers(from, until), log.failures(from, until));
      }
      System.out.println();
    }
  }
}
