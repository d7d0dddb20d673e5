package ai.powertools.retry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.Retry;
import ai.powertools.testing.ClassPathWithout;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class MicrometerAbsentTest {
  /** What an application without Micrometer does. */
  static final class Application implements Callable<String> {
    @Override
    public String call() {
      assertThat(Retry.builder().build().<String>call(() -> "answer")).isEqualTo("answer");
      try {
        return RetryMetrics.global().getClass().getName();
      } catch (RuntimeException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
  }

  @Test
  void retriesWorkWithoutMicrometerAndMetricsSayWhenItIsMissing() throws Exception {
    try (ClassPathWithout micrometer = ClassPathWithout.jars("micrometer-")) {
      assertThat(micrometer.call(Application.class))
          .isEqualTo(
              "ConfigurationException: Metrics of retries need Micrometer, which is not on the"
                  + " class path: add io.micrometer:micrometer-core.");
    }
  }
}
