package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.testing.RedisExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a real Redis, for a moment each. */
@ExtendWith(RedisExtension.class)
class HotKeysIT {
  private static final Duration MOMENT = Duration.ofMillis(200);

  /** Each of eight threads, with one client and with two, in the warm-up and in the window. */
  private static final long FEWEST = 8 * 2 * 2;

  @Test
  void everyContenderGetsDecisionsWithOneClientAndWithTwo(URI redis) throws Exception {
    List<Figure> told = new ArrayList<>();
    Map<String, LongAdder> decided = new LinkedHashMap<>();
    Map<String, Function<URI, HotKey>> all = new LinkedHashMap<>();
    HotKeys.all()
        .forEach(
            (name, open) -> {
              LongAdder count = new LongAdder();
              decided.put(name, count);
              all.put(name, address -> new Counted(open.apply(address), count));
            });

    new HotKeys(all, new HotKeys.Spans(1, MOMENT, MOMENT), told::add).measure(redis);

    assertThat(told)
        .filteredOn(figure -> figure.unit().equals("decisions/s"))
        .hasSize(2 * HotKeys.all().size());
    assertThat(decided)
        .allSatisfy(
            (name, count) -> assertThat(count.sum()).as(name).isGreaterThanOrEqualTo(FEWEST));
  }

  /** A busy machine may leave a window without a decision, but no thread without one. */
  private record Counted(HotKey key, LongAdder count) implements HotKey {
    @Override
    public boolean take() {
      boolean taken = key.take();
      if (taken) {
        count.increment();
      }
      return taken;
    }

    @Override
    public void close() {
      key.close();
    }
  }
}
