package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateLimitHeadersTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static RateLimits read(Map<String, String> headers) {
    return RateLimitHeaders.read(headers.keySet(), headers::get, NOW);
  }

  @Test
  void readsOpenAis() {
    RateLimits limits =
        read(
            Map.of(
                "x-ratelimit-limit-requests", "60",
                "x-ratelimit-remaining-requests", "59",
                "x-ratelimit-reset-requests", "1s",
                "x-ratelimit-limit-tokens", "150000",
                "x-ratelimit-remaining-tokens", "149984",
                "x-ratelimit-reset-tokens", "6m0s"));

    assertThat(limits.requests().orElseThrow().remaining()).isEqualTo(OptionalLong.of(59));
    assertThat(limits.tokens().orElseThrow().limit()).isEqualTo(OptionalLong.of(150_000));
    assertThat(limits.tokens().orElseThrow().reset()).contains(Duration.ofMinutes(6));
    assertThat(limits.inputTokens()).isEmpty();
  }

  @Test
  void readsAnthropics() {
    RateLimits limits =
        read(
            Map.of(
                "anthropic-ratelimit-input-tokens-remaining", "1000",
                "anthropic-ratelimit-input-tokens-reset", "2026-01-01T00:00:30Z",
                "anthropic-ratelimit-output-tokens-limit", "8000",
                "anthropic-ratelimit-output-tokens-reset", "2025-12-31T23:59:00Z",
                "Retry-After", "12"));

    assertThat(limits.inputTokens().orElseThrow().reset()).contains(Duration.ofSeconds(30));
    assertThat(limits.outputTokens().orElseThrow().reset()).contains(Duration.ZERO);
    assertThat(limits.retryAfter()).contains(Duration.ofSeconds(12));
  }

  @Test
  void readsTheBareOnesOfGateways() {
    Instant then = NOW.plusSeconds(5);

    assertThat(read(Map.of("x-ratelimit-reset", "" + then.toEpochMilli())).requests())
        .hasValueSatisfying(limit -> assertThat(limit.reset()).contains(Duration.ofSeconds(5)));
    assertThat(read(Map.of("x-ratelimit-reset", "" + then.getEpochSecond())).requests())
        .hasValueSatisfying(limit -> assertThat(limit.reset()).contains(Duration.ofSeconds(5)));
    assertThat(read(Map.of("x-ratelimit-reset", "5")).requests())
        .hasValueSatisfying(limit -> assertThat(limit.reset()).contains(Duration.ofSeconds(5)));
  }

  @Test
  void takesNonsenseForNotSaid() {
    assertThat(read(Map.of())).isEqualTo(RateLimits.NONE);
    assertThat(read(Map.of("x-ratelimit-limit", "many", "x-ratelimit-reset", "soon")))
        .isEqualTo(RateLimits.NONE);
  }
}
