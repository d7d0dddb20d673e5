package ai.powertools.core.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitHeadersTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));
  private static final Optional<Duration> DAY = Optional.of(Duration.ofDays(1));

  private static LimitHeaders read(Map<String, String> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return LimitHeaders.read(byName::get, NOW);
  }

  private static HeaderLimit limit(
      String of, long most, long left, Duration reset, Optional<Duration> window) {
    return new HeaderLimit(
        of, OptionalLong.of(most), OptionalLong.of(left), Optional.of(reset), window);
  }

  @Test
  void readsOpenAis() {
    LimitHeaders headers =
        read(
            Map.of(
                "x-ratelimit-limit-requests", "60",
                "x-ratelimit-remaining-requests", "59",
                "x-ratelimit-reset-requests", "1s",
                "x-ratelimit-limit-tokens", "150000",
                "x-ratelimit-remaining-tokens", "149984",
                "x-ratelimit-reset-tokens", "6m0s"));

    assertThat(headers.limits())
        .containsExactly(
            limit("requests", 60, 59, Duration.ofSeconds(1), Optional.empty()),
            limit("tokens", 150_000, 149_984, Duration.ofMinutes(6), Optional.empty()));
    assertThat(headers.tightest("input_tokens")).isEmpty();
  }

  @Test
  void readsAnthropics() {
    LimitHeaders headers =
        read(
            Map.of(
                "Anthropic-RateLimit-Input-Tokens-Limit", "30000",
                "anthropic-ratelimit-input-tokens-remaining", "1000",
                "anthropic-ratelimit-input-tokens-reset", "2026-01-01T00:00:30Z",
                "anthropic-ratelimit-output-tokens-limit", "8000",
                "anthropic-ratelimit-output-tokens-reset", "2025-12-31T23:59:00+00:00"));

    assertThat(headers.limits())
        .containsExactly(
            limit("input_tokens", 30_000, 1_000, Duration.ofSeconds(30), Optional.empty()),
            new HeaderLimit(
                "output_tokens",
                OptionalLong.of(8_000),
                OptionalLong.empty(),
                Optional.of(Duration.ZERO),
                Optional.empty()));
  }

  @Test
  void keepsAnthropicsPoolsApart() {
    LimitHeaders headers =
        read(
            Map.of(
                "anthropic-priority-input-tokens-limit", "10000",
                "anthropic-priority-input-tokens-remaining", "9618",
                "anthropic-priority-input-tokens-reset", "2026-01-01T00:00:02Z",
                "anthropic-fast-output-tokens-limit", "5000",
                "anthropic-fast-output-tokens-remaining", "0",
                "anthropic-fast-output-tokens-reset", "2026-01-01T00:00:03Z"));

    assertThat(headers.tightest("priority_input_tokens"))
        .contains(
            limit("priority_input_tokens", 10_000, 9_618, Duration.ofSeconds(2), Optional.empty()));
    assertThat(headers.tightest("fast_output_tokens").orElseThrow().usedUp()).isTrue();
    assertThat(headers.tightest("input_tokens")).isEmpty();
  }

  @Test
  void readsTheWindowsInTheNamesOfCerebrasAndMistral() {
    LimitHeaders headers =
        read(
            Map.of(
                "x-ratelimit-limit-requests-day", "14400",
                "x-ratelimit-remaining-requests-day", "14399",
                "x-ratelimit-reset-requests-day", "33011.38",
                "x-ratelimit-limit-req-minute", "720",
                "x-ratelimit-remaining-req-minute", "717",
                "x-ratelimit-limit-tokens-minute", "5000000",
                "x-ratelimit-remaining-tokens-minute", "4999911"));

    assertThat(headers.limits())
        .contains(limit("requests", 14_400, 14_399, Duration.ofMillis(33_011_380), DAY))
        .extracting(HeaderLimit::of, HeaderLimit::window)
        .contains(tuple("requests", MINUTE), tuple("tokens", MINUTE));
  }

  @Test
  void readsTheFormerNamesOfMistral() {
    Map<String, String> headers =
        Map.of(
            "x-ratelimitbysize-limit-minute", "500000",
            "x-ratelimitbysize-remaining-minute", "499000",
            "ratelimitbysize-reset", "41");
    assertThat(read(headers).limits())
        .containsExactly(limit("tokens", 500_000, 499_000, Duration.ofSeconds(41), MINUTE));
  }

  @Test
  void readsTheBareOnesOfGateways() {
    Instant then = NOW.plusSeconds(5);

    for (String reset : List.of("" + then.toEpochMilli(), "" + then.getEpochSecond(), "5")) {
      assertThat(read(Map.of("x-ratelimit-reset", reset)).tightest("requests"))
          .hasValueSatisfying(limit -> assertThat(limit.reset()).contains(Duration.ofSeconds(5)));
    }
    assertThat(
            read(Map.of("x-ratelimit-reset", "Thu, 01 Jan 2026 00:00:05 GMT")).tightest("requests"))
        .hasValueSatisfying(limit -> assertThat(limit.reset()).contains(Duration.ofSeconds(5)));
  }

  @Test
  void readsTheStandardsNamedPolicies() {
    LimitHeaders headers =
        read(
            Map.of(
                "RateLimit-Policy",
                "\"burst\";q=100;w=60,\"daily, all\";q=1000;w=86400;pk=:dXNlcg==:, "
                    + "\"bytes\";q=65535;qu=\"content-bytes\";w=10",
                "RateLimit",
                "\"burst\";r=50;t=30, \"daily, all\" ; r=999 ; t=3600"));

    assertThat(headers.limits())
        .containsExactly(
            limit("requests", 100, 50, Duration.ofSeconds(30), MINUTE),
            limit("requests", 1_000, 999, Duration.ofHours(1), DAY),
            new HeaderLimit(
                "content_bytes",
                OptionalLong.of(65_535),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(10))));
  }

  @Test
  void readsAStateWithoutAPolicy() {
    assertThat(read(Map.of("RateLimit", "default;r=7;t=2")).limits())
        .containsExactly(
            new HeaderLimit(
                "requests",
                OptionalLong.empty(),
                OptionalLong.of(7),
                Optional.of(Duration.ofSeconds(2)),
                Optional.empty()));
  }

  @Test
  void readsTheStandardsDictionary() {
    Map<String, String> headers =
        Map.of("RateLimit", "limit=100, remaining=50, reset=5", "RateLimit-Policy", "100;w=60");
    assertThat(read(headers).limits())
        .containsExactly(limit("requests", 100, 50, Duration.ofSeconds(5), MINUTE));
  }

  @Test
  void readsTheStandardsThreeHeaders() {
    Map<String, String> headers =
        Map.of(
            "RateLimit-Limit", "100, 100;w=60;comment=\"a, b\", 1000;w=3600",
            "RateLimit-Remaining", "50",
            "RateLimit-Reset", "50");
    assertThat(read(headers).limits())
        .containsExactly(limit("requests", 100, 50, Duration.ofSeconds(50), MINUTE));
  }

  @Test
  void findsTheLimitThatIsHitFirst() {
    LimitHeaders headers =
        read(
            Map.of(
                "x-ratelimit-limit-requests-minute", "10",
                "x-ratelimit-remaining-requests-minute", "9",
                "x-ratelimit-limit-requests-day", "1000",
                "x-ratelimit-remaining-requests-day", "100",
                "x-ratelimit-limit-requests-hour", "0"));
    assertThat(headers.tightest("requests").orElseThrow().window()).isEqualTo(DAY);
  }

  @Test
  void takesTheLongerWaitWhenTwoAreUsedUp() {
    LimitHeaders headers =
        read(
            Map.of(
                "x-ratelimit-remaining-tokens-minute", "0",
                "x-ratelimit-reset-tokens-minute", "3",
                "x-ratelimit-remaining-tokens-hour", "0",
                "x-ratelimit-reset-tokens-hour", "900"));
    assertThat(headers.tightest("tokens").orElseThrow().reset()).contains(Duration.ofMinutes(15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"many", "-1", "", "1.5", "99999999999999999999", "٣", "\"", ";;;,,,=", "\\", "="})
  void takesNonsenseForNotSaid(String value) {
    assertThat(
            read(Map.of(
                    "x-ratelimit-limit", value,
                    "x-ratelimit-remaining-tokens", value,
                    "RateLimit-Limit", value,
                    "RateLimit-Policy", value))
                .limits())
        .isEmpty();
  }

  @Test
  void takesAResetInFarTimesForNotSaid() {
    assertThat(read(Map.of("x-ratelimit-reset", "900000000")).limits()).isEmpty();
    assertThat(read(Map.of("x-ratelimit-reset", "9".repeat(18))).limits()).isEmpty();
    assertThat(read(Map.of("x-ratelimit-reset", "+999999999-12-31T23:59:59Z")).limits()).isEmpty();
  }

  @Test
  void doesNotReadFieldsThatAreTooLongToBeMeant() {
    String members = "\"a\";r=1;t=1,".repeat(200);
    assertThat(read(Map.of("RateLimit", members)).limits()).isEmpty();
  }
}
