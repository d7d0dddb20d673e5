package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.ClassPathWithout;
import java.net.URI;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class RedisAbsentTest {
  /** What an application without Lettuce does. */
  static final class Application implements Callable<String> {
    @Override
    public String call() {
      try (Sessions sessions = Sessions.inMemory()) {
        sessions.open("works").set("a", 1);
      }
      try {
        return RedisSessionCache.in(URI.create("redis://localhost")).getClass().getName();
      } catch (RuntimeException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
  }

  @Test
  void sessionsWorkWithoutLettuceAndSayWhenItIsMissing() throws Exception {
    try (ClassPathWithout lettuce = ClassPathWithout.jars("lettuce-")) {
      assertThat(lettuce.call(Application.class))
          .isEqualTo(
              "ConfigurationException: Redis in front of sessions needs Lettuce, which is not on the"
                  + " class path: add io.lettuce:lettuce-core.");
    }
  }
}
