package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private static final Duration MOMENT = Duration.ofMillis(50);

  @Test
  void everyThreadWritesAndNoTwoValuesAreAlike() throws InterruptedException {
    Fake place = new Fake(false);

    ClosedLoop.Window window = new ClosedLoop(place, 3).run(MOMENT);

    assertThat(place.threads).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(place.doubles).isEmpty();
    assertThat(place.values).allSatisfy(value -> assertThat(value).hasSize(Letters.LENGTH));
    assertThat(window.perSecond()).isPositive();
    assertThat(window.p50Micros()).isLessThanOrEqualTo(window.p99Micros());
  }

  @Test
  void refusesAPlaceThatLosesWhatItIsGiven() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new ClosedLoop(new Fake(true), 2).run(MOMENT))
        .withStackTraceContaining("does not find what it wrote last");
  }

  /** Memory, which may be forgetful. */
  private static final class Fake implements DurableWrites {
    private final Set<Integer> threads = ConcurrentHashMap.newKeySet();
    private final Set<String> values = ConcurrentHashMap.newKeySet();
    private final Set<String> doubles = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Integer, String> last = new ConcurrentHashMap<>();
    private final boolean loses;

    private Fake(boolean loses) {
      this.loses = loses;
    }

    @Override
    public void write(int thread, int key, String value) {
      threads.add(thread);
      if (values.size() < 1_000 && !values.add(value)) {
        doubles.add(value);
      }
      last.put(thread, loses ? "" : value);
    }

    @Override
    public String last(int thread, int key) {
      return last.getOrDefault(thread, "");
    }

    @Override
    public void close() {}
  }
}
