package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Cooldown COOLDOWN =
      new Cooldown(2, Duration.ofSeconds(1), 2, Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final Health health = new Health(COOLDOWN);
  private long now = -3_000_000_000L; // a clock's nanoseconds may begin anywhere

  private Health.Entry enter() {
    Health.Entry entry = health.enter(now);
    assertThat(entry).as("let in").isNotNull();
    return Objects.requireNonNull(entry);
  }

  private boolean isClosed() {
    return health.enter(now) == null;
  }

  private void fail(Health.Severity severity, @Nullable Duration retryAfter) {
    health.failed(enter(), severity, retryAfter, "why", now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void takesSeveralPassingFailuresInARow() {
    fail(Health.Severity.PASSING, null);
    health.succeeded(enter());
    fail(Health.Severity.PASSING, null);
    assertThat(health.state().phase()).isEqualTo(Health.Phase.READY);

    fail(Health.Severity.PASSING, null);
    assertThat(health.state().phase()).isEqualTo(Health.Phase.COOLING);
    assertThat(health.untilOpen(now)).isEqualTo(Duration.ofSeconds(1));
    assertThat(isClosed()).isTrue();
  }

  @Test
  void opensAtTheVeryNanosecondForOneProbe() {
    fail(Health.Severity.BUSY, null);
    pass(Duration.ofSeconds(1).minusNanos(1));
    assertThat(isClosed()).isTrue();

    pass(Duration.ofNanos(1));
    assertThat(enter().probe()).isTrue();
    assertThat(isClosed()).as("a second probe").isTrue();
  }

  @Test
  void isLeftAloneForLongerEachTimeUpToABound() {
    for (int seconds : new int[] {1, 2, 4, 5, 5}) {
      fail(Health.Severity.BUSY, null);
      assertThat(health.untilOpen(now)).isEqualTo(Duration.ofSeconds(seconds));
      pass(Duration.ofSeconds(seconds));
    }
    health.succeeded(enter());
    fail(Health.Severity.BUSY, null);
    assertThat(health.untilOpen(now)).as("begins anew").isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsForWhatTheVendorAsksForAndForAMonthlyQuotaLonger() {
    fail(Health.Severity.BUSY, Duration.ofMillis(300));
    assertThat(health.untilOpen(now)).isEqualTo(Duration.ofMillis(300));
    pass(Duration.ofMillis(300));

    fail(Health.Severity.BUSY, Duration.ofMillis(300));
    assertThat(health.untilOpen(now)).as("no shorter than ours").isEqualTo(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));

    fail(Health.Severity.BUSY, Duration.ofSeconds(90));
    assertThat(health.untilOpen(now)).isEqualTo(Duration.ofSeconds(90));

    health.reinstate();
    fail(Health.Severity.QUOTA, null);
    assertThat(health.untilOpen(now)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aProbeThatSaysNothingMakesRoomForTheNext() {
    fail(Health.Severity.BUSY, null);
    pass(Duration.ofSeconds(1));
    health.left(enter());

    assertThat(enter().probe()).isTrue();
  }

  @Test
  void staleResultsDoNotCount() {
    Health.Entry early = enter();
    Health.Entry other = enter();
    fail(Health.Severity.BUSY, null);

    health.succeeded(early);
    assertThat(isClosed()).as("an answer from before is no probe").isTrue();
    health.failed(other, Health.Severity.BUSY, null, "why", now);
    assertThat(health.untilOpen(now)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aStaleFailureMayAskForMoreTimeButForNoLess() {
    Health.Entry early = enter();
    fail(Health.Severity.BUSY, null);

    health.failed(early, Health.Severity.BUSY, Duration.ofMillis(10), "why", now);
    assertThat(health.untilOpen(now)).isEqualTo(Duration.ofSeconds(1));
    health.failed(early, Health.Severity.BUSY, Duration.ofSeconds(4), "why", now);
    assertThat(health.untilOpen(now)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void isOutUntilReinstated() {
    fail(Health.Severity.LASTING, null);
    pass(Duration.ofDays(365));

    assertThat(isClosed()).isTrue();
    assertThat(health.untilOpen(now)).isNull();
    health.reinstate();
    assertThat(enter().probe()).isFalse();
  }

  @Test
  void aCallFromBeforeTheReinstatementDoesNotPutItOutAgain() {
    Health.Entry withTheOldKey = enter();
    fail(Health.Severity.LASTING, null);
    health.reinstate();

    boolean news = health.failed(withTheOldKey, Health.Severity.LASTING, null, "old key", now);

    assertThat(news).isFalse();
    assertThat(isClosed()).isFalse();
  }

  @Test
  void aCallFromBeforeACooldownPutsItOutAllTheSame() {
    Health.Entry early = enter();
    fail(Health.Severity.BUSY, null);

    assertThat(health.failed(early, Health.Severity.LASTING, null, "the key", now)).isTrue();
    assertThat(health.state().phase()).isEqualTo(Health.Phase.OUT);
  }

  @Test
  void cooldownsRefuseNonsense() {
    Duration second = Duration.ofSeconds(1);
    Duration ages = Duration.ofDays(400_000);
    assertThatThrownBy(() -> new Cooldown(0, second, 2, second, second))
        .hasMessageContaining("1 failure or more");
    assertThatThrownBy(() -> new Cooldown(1, second, 0.5, second, second))
        .hasMessageContaining("factor of 1 or more");
    assertThatThrownBy(() -> new Cooldown(1, Duration.ZERO, 2, second, second))
        .hasMessageContaining("longer than nothing");
    assertThatThrownBy(() -> new Cooldown(1, second, 2, Duration.ofMillis(1), second))
        .hasMessageContaining("shorter than the first");
    assertThatThrownBy(() -> new Cooldown(1, second, 2, ages, second))
        .hasMessageContaining("a hundred years at most");
    assertThat(new Cooldown(1, second, 10, Duration.ofDays(36_500), second).lasting(second, 500))
        .isEqualTo(Duration.ofDays(36_500));
  }

  @Test
  void manyThreadsNeverProbeTwiceAtOnce() throws Exception {
    Cooldown brief =
        new Cooldown(1, Duration.ofNanos(1), 1, Duration.ofNanos(1), Duration.ofNanos(1));
    Health shared = new Health(brief);
    AtomicLong clock = new AtomicLong();
    AtomicInteger probing = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger probes = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int own = thread;
      running.add(
          threads.submit(
              () -> {
                start.await();
                for (int i = 0; i < 20_000; i++) {
                  Health.Entry entry = shared.enter(clock.addAndGet(2));
                  if (entry == null) {
                    continue;
                  }
                  if (entry.probe()) {
                    probes.incrementAndGet();
                    most.accumulateAndGet(probing.incrementAndGet(), Math::max);
                    probing.decrementAndGet(); // before others may be let in
                  }
                  switch ((i + own) % 3) {
                    case 0 -> shared.succeeded(entry);
                    case 1 -> shared.left(entry);
                    default -> shared.failed(entry, Health.Severity.BUSY, null, "why", clock.get());
                  }
                }
                return null;
              }));
    }
    start.countDown();
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();

    assertThat(probes.get()).isPositive();
    assertThat(most.get()).isEqualTo(1);
    assertThat(shared.state().probing()).isFalse();
  }
}
