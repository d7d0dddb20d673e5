package ai.powertools.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.Limits;
import ai.powertools.testing.ClassPathWithout;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class RedisAbsentTest {
  /** What an application without Lettuce does. */
  static final class Application implements Callable<String> {
    @Override
    public String call() {
      SharedTake take = SharedTake.of("key", Limits.none(), Map.of());
      assertThat(InMemoryLimits.create().take(take).join().granted()).isTrue();
      try {
        return RedisLimits.at(URI.create("redis://localhost")).getClass().getName();
      } catch (RuntimeException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
  }

  @Test
  void sharedLimitsWorkWithoutLettuceAndSayWhenItIsMissing() throws Exception {
    try (ClassPathWithout lettuce = ClassPathWithout.jars("lettuce-")) {
      assertThat(lettuce.call(Application.class))
          .isEqualTo(
              "ConfigurationException: Shared limits in Redis need Lettuce, which is not on the"
                  + " class path: add io.lettuce:lettuce-core.");
    }
  }
}
