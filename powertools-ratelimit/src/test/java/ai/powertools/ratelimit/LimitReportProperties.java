package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a server sends: nothing is thrown, and what is read has bounds. */
class LimitReportProperties {
  private static final int CASES = RandomInput.size("powertools.fuzz.cases", 500);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void readsAnyGarbageWithoutThrowing() {
    RandomInput.check(
        CASES,
        input -> {
          Map<String, List<String>> headers = new HashMap<>();
          for (int i = input.ints(0, 10); i > 0; i--) {
            headers.put(name(input), input.lists(3, () -> value(input)));
          }

          LimitReport report = LimitReport.of(headers, NOW);

          assertThat(report.retryAfter().orElse(Duration.ZERO))
              .isBetween(Duration.ZERO, Duration.ofDays(31));
          assertThat(report.dimensions().values())
              .allSatisfy(
                  said -> {
                    assertThat(said.limit().orElse(0)).isNotNegative();
                    assertThat(said.remaining().orElse(0)).isNotNegative();
                    assertThat(said.reset().orElse(Duration.ZERO))
                        .isGreaterThanOrEqualTo(Duration.ZERO);
                    assertThat(said.likelyWindow().orElse(Duration.ofSeconds(1))).isPositive();
                  });
        });
  }

  private static String name(RandomInput input) {
    return input.oneOf("x-ratelimit-", "X-RateLimit-", "anthropic-ratelimit-", "", "RateLimit-")
        + input.oneOf("limit", "remaining", "reset", "tokens", "requests", "Policy", "retry-after")
        + input.oneOf("", "-tokens", "-requests", "-limit", "-reset", "-remaining", "-day", "-ms");
  }

  private static String value(RandomInput input) {
    return switch (input.ints(0, 4)) {
      case 0 -> input.text(80);
      case 1 -> "" + input.longs(-5, Long.MAX_VALUE);
      case 2 -> input.ints(0, 100) + input.oneOf("s", "ms", "m0s", "h", "", ".5s", "e9");
      default ->
          "\"%s\";q=%d;w=%d;r=%d;t=%d"
              .formatted(
                  input.text(5),
                  input.ints(-1, 100),
                  input.ints(-1, 100),
                  input.ints(-1, 100),
                  input.ints(-1, 100));
    };
  }
}
