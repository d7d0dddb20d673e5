package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HotKeyRateTest {
  private static final Duration MOMENT = Duration.ofMillis(300);

  @Test
  void theThreadsAreDealtOutAmongTheClients() throws InterruptedException {
    Fake first = new Fake(true);
    Fake second = new Fake(true);

    double rate = HotKeyRate.of("fake", List.of(first, second), 5, MOMENT);

    assertThat(first.threads).hasSize(3);
    assertThat(second.threads).hasSize(2);
    assertThat(rate).isNotNegative();
  }

  @Test
  void whatIsDecidedBeforeTheWindowDoesNotCount() throws InterruptedException {
    Fake key = new Fake(true);

    double rate = HotKeyRate.of("fake", List.of(key), 1, MOMENT);

    double counted = rate * MOMENT.toNanos() / 1e9;
    assertThat(counted).isPositive().isLessThan(key.asked.doubleValue());
  }

  @Test
  void aRefusalEndsIt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> HotKeyRate.of("fake", List.of(new Fake(false)), 2, MOMENT))
        .withStackTraceContaining("\"fake\" refused, with plenty left");
  }

  /** Memory, which grants everything or nothing. */
  private static final class Fake implements HotKey {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong asked = new AtomicLong();
    private final boolean grants;

    private Fake(boolean grants) {
      this.grants = grants;
    }

    @Override
    public boolean take() {
      threads.add(Thread.currentThread());
      asked.incrementAndGet();
      return grants;
    }

    @Override
    public void close() {}
  }
}
