package ai.powertools.retry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.retry.Retry;
import ai.powertools.retry.RetryListener;
import ai.powertools.testing.VirtualClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a registry of metrics hears of retries. */
class RetryMetricsTest {
  private final SimpleMeterRegistry registry =
      new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());

  private static Retry retry(RetryListener listener) {
    return Retry.builder()
        .time(VirtualClock.autoAdvancing())
        .maxAttempts(3)
        .exponential(Duration.ofMillis(200), 2.0)
        .noJitter()
        .listener(listener)
        .build();
  }

  private static String failing(Retry retry, int times) {
    AtomicInteger calls = new AtomicInteger();
    return retry.call(
        () -> {
          if (calls.getAndIncrement() < times) {
            throw new IOException("reset");
          }
          return "answer";
        });
  }

  private double counted(String name, String... tags) {
    return registry.get("powertools.retry." + name).tags(tags).counter().count();
  }

  @Test
  void callsAreCountedByTheirOutcome() {
    Retry retry = retry(RetryMetrics.on(registry));
    failing(retry, 0);
    failing(retry, 0);
    failing(retry, 1);
    assertThatThrownBy(() -> failing(retry, 9)).hasMessageContaining("Gave up");
    assertThatThrownBy(
            () ->
                retry.call(
                    () -> {
                      throw new CancelledException("enough", null);
                    }))
        .isInstanceOf(CancelledException.class);

    assertThat(counted("calls", "outcome", "first")).isEqualTo(2);
    assertThat(counted("calls", "outcome", "retried")).isEqualTo(1);
    assertThat(counted("calls", "outcome", "failed")).isEqualTo(1);
    assertThat(counted("calls", "outcome", "cancelled")).isEqualTo(1);
  }

  @Test
  void retriesAreCountedByTheKindOfErrorAndTheirWaitsTimed() {
    failing(retry(RetryMetrics.on(registry, Tags.of("retry", "openai"))), 2);

    assertThat(counted("retries", "kind", "transient", "retry", "openai")).isEqualTo(2);
    assertThat(counted("calls", "retry", "openai")).isEqualTo(1);
    assertThat(
            registry
                .get("powertools.retry.wait")
                .tag("retry", "openai")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(600);
  }

  @Test
  void everyMeterHasADescription() {
    failing(retry(RetryMetrics.on(registry)), 1);

    assertThat(registry.getMeters()).hasSize(3);
    assertThat(registry.getMeters())
        .map(Meter::getId)
        .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
  }

  @Test
  void theGlobalRegistryCountsToo() {
    Metrics.addRegistry(registry);
    try {
      failing(retry(RetryMetrics.global()), 0);
    } finally {
      Metrics.removeRegistry(registry);
    }

    assertThat(counted("calls", "outcome", "first")).isEqualTo(1);
  }
}
