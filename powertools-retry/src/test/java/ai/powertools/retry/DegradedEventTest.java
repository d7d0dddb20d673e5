package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.report.ErrorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Here, since only this package makes results that a fallback answered. */
class DegradedEventTest {
  @Test
  void aCallThatAFallbackAnsweredIsDegraded() {
    Failure failure =
        new Failure(
            new IllegalStateException("gone"),
            Verdict.permanent(),
            List.of(),
            Duration.ZERO,
            Optional.empty(),
            "");
    CallResult<String> result = CallResult.degraded("from the cache", failure);

    ErrorEvent event = ErrorEvent.of("openai", result, Instant.EPOCH).orElseThrow();
    assertThat(event.outcome()).isEqualTo(Outcome.DEGRADED);
    assertThat(event.describe()).isEqualTo("IllegalStateException: gone");
    assertThat(event.failures()).isZero();
  }
}
