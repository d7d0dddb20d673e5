package ai.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.testing.RedisExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a real Redis, for a moment each. */
@ExtendWith(RedisExtension.class)
class HotKeysIT {
  private static final Duration MOMENT = Duration.ofMillis(200);

  @Test
  void everyContenderGetsDecisionsWithOneClientAndWithTwo(URI redis) throws Exception {
    List<Figure> told = new ArrayList<>();

    new HotKeys(HotKeys.all(), new HotKeys.Spans(1, MOMENT, MOMENT), told::add).measure(redis);

    assertThat(told)
        .filteredOn(figure -> figure.unit().equals("decisions/s"))
        .hasSize(2 * HotKeys.all().size())
        .allSatisfy(figure -> assertThat(figure.value()).as(figure.what()).isPositive());
  }
}
