package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.powertools.benchmarks.Comparison.Figure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HotKeysTest {
  private static final URI NOWHERE = URI.create("redis://nowhere");
  private static final Duration MOMENT = Duration.ofMillis(5);

  private final AtomicInteger open = new AtomicInteger();
  private final List<Figure> told = new ArrayList<>();

  @Test
  void oursHasAGoalBesideThoseWhoHoldTheLimitToo() throws InterruptedException {
    race(HotKeys.BUCKET4J, HotKeys.BATCHING, HotKeys.DELAYING, HotKeys.OURS).measure(NOWHERE);

    assertThat(told)
        .filteredOn(Figure::hasGoal)
        .extracting(Figure::what)
        .containsExactly(
            "hot key, 8 threads, 1 client: ours to Bucket4j",
            "hot key, 8 threads, 1 client: ours to Bucket4j batching");
    assertThat(told).filteredOn(Figure::hasGoal).allMatch(Figure::atLeast);
    assertThat(told).hasSize(2 * (4 + 3));
  }

  @Test
  void withoutUsThereIsNothingToCompare() throws InterruptedException {
    race(HotKeys.BUCKET4J, HotKeys.BATCHING).measure(NOWHERE);

    assertThat(told).extracting(Figure::unit).containsOnly("decisions/s").hasSize(2 * 2);
  }

  @Test
  void everyClientIsClosedAlsoWhenOneCannotBeOpened() {
    HotKeys race = race(HotKeys.BUCKET4J, "a client that fails");

    assertThatIllegalStateException().isThrownBy(() -> race.measure(NOWHERE));

    assertThat(open).hasValue(0);
  }

  @Test
  void everyClientIsClosedAtTheEnd() throws InterruptedException {
    race(HotKeys.BUCKET4J, HotKeys.OURS).measure(NOWHERE);

    assertThat(open).hasValue(0);
  }

  private HotKeys race(String... names) {
    Map<String, Function<URI, HotKey>> contenders = new LinkedHashMap<>();
    for (String name : names) {
      contenders.put(name, redis -> new Granting(name));
    }
    return new HotKeys(contenders, new HotKeys.Spans(1, MOMENT, MOMENT), told::add);
  }

  /** One that need not ask anybody. */
  private final class Granting implements HotKey {
    private Granting(String name) {
      if (name.equals("a client that fails")) {
        throw new IllegalStateException(name);
      }
      open.incrementAndGet();
    }

    @Override
    public boolean take() {
      return true;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
