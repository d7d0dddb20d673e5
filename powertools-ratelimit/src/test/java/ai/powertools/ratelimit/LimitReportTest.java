package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.ratelimit.LimitReport.Reported;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitReportTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Reported reported(long limit, long remaining, Duration reset) {
    return new Reported(OptionalLong.of(limit), OptionalLong.of(remaining), Optional.of(reset));
  }

  @Test
  void readsTheHeadersOfAnHttpAnswer() {
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of(
                "X-RateLimit-Limit-Requests", List.of("60"),
                "X-RateLimit-Remaining-Requests", List.of("59"),
                "X-RateLimit-Reset-Requests", List.of("1s"),
                "Retry-After", List.of("3")),
            (name, value) -> true);

    LimitReport report = LimitReport.of(headers.map(), NOW);

    assertThat(report.dimensions())
        .containsExactly(Map.entry(Dimension.REQUESTS, reported(60, 59, Duration.ofSeconds(1))));
    assertThat(report.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(report.isEmpty()).isFalse();
  }

  @Test
  void readsHeadersByAFunction() {
    Map<String, String> headers =
        Map.of(
            "anthropic-ratelimit-input-tokens-limit", "30000",
            "anthropic-ratelimit-input-tokens-remaining", "1000",
            "anthropic-ratelimit-input-tokens-reset", "2026-01-01T00:00:58Z");
    assertThat(LimitReport.of(headers::get, NOW).dimensions())
        .containsExactly(
            Map.entry(Dimension.INPUT_TOKENS, reported(30_000, 1_000, Duration.ofSeconds(58))));
  }

  @Test
  void keepsTheTightestOfSeveralAboutOneDimension() {
    Map<String, List<String>> headers =
        Map.of(
            "RateLimit-Policy", List.of("\"minute\";q=100;w=60", "\"day\";q=1000;w=86400"),
            "RateLimit", List.of("\"minute\";r=90;t=30", "\"day\";r=10;t=3600"),
            "x-ratelimit-limit-images", List.of("5"));

    LimitReport report = LimitReport.of(headers, NOW);

    assertThat(report.dimensions().get(Dimension.REQUESTS))
        .isEqualTo(
            new Reported(
                OptionalLong.of(1_000),
                OptionalLong.of(10),
                Optional.of(Duration.ofHours(1)),
                Optional.of(Duration.ofDays(1))));
    assertThat(report.dimensions()).containsKey(Dimension.of("images"));
  }

  @Test
  void takesTheFirstOfAHeaderThatComesTwice() {
    Map<String, List<String>> headers =
        Map.of("retry-after", List.of("3", "9"), "RateLimit-Reset", List.of());
    assertThat(LimitReport.of(headers, NOW).retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void doesNotMindTheStatusLineUnderNoName() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put(null, Arrays.asList("HTTP/1.1 429 Too Many Requests"));
    headers.put("Retry-After", List.of("1"));
    assertThat(LimitReport.of(headers, NOW).retryAfter()).contains(Duration.ofSeconds(1));
  }

  @Test
  void isEmptyWhenNothingWasSaid() {
    assertThat(LimitReport.of(Map.of("Date", List.of("today")), NOW)).isEqualTo(LimitReport.NONE);
    assertThat(LimitReport.NONE.isEmpty()).isTrue();
    assertThat(LimitReport.throttled(Duration.ZERO).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"34s,34000", "34.074824224s,34074", "0s,0"})
  void readsTheRetryDelayOfGemini(String delay, long millis) {
    assertThat(LimitReport.ofRetryDelay(delay).retryAfter().orElseThrow().toMillis())
        .isEqualTo(millis);
  }

  @Test
  void takesNonsenseForNoRetryDelay() {
    assertThat(LimitReport.ofRetryDelay("soon")).isEqualTo(LimitReport.NONE);
    assertThat(LimitReport.ofRetryDelay(null)).isEqualTo(LimitReport.NONE);
    assertThat(LimitReport.ofRetryDelay("9999999999s")).isEqualTo(LimitReport.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    // OpenAI's example of requests a minute, Groq's of requests a day, Mistral's of one a second
    "60,59,PT1S,PT1M",
    "14400,14370,PT2M59.56S,PT24H",
    "1,0,PT0.9S,PT1S",
    "50,0,PT30S,PT1M",
    "1000,500,PT25M,PT1H"
  })
  void guessesTheWindowThatTheNumbersFit(
      long limit, long remaining, Duration reset, Duration window) {
    assertThat(reported(limit, remaining, reset).likelyWindow()).contains(window);
  }

  @ParameterizedTest
  @CsvSource({"60,60,PT0S", "150000,149984,PT6M", "60,61,PT1S", "60,0,PT0S"})
  void guessesNoWindowFromNumbersThatFitNone(long limit, long remaining, Duration reset) {
    assertThat(reported(limit, remaining, reset).likelyWindow()).isEmpty();
  }

  @Test
  void doesNotGuessAWindowThatWasSaidOrThatLacksNumbers() {
    Optional<Duration> week = Optional.of(Duration.ofDays(7));
    OptionalLong none = OptionalLong.empty();
    OptionalLong some = OptionalLong.of(5);
    Optional<Duration> reset = Optional.of(Duration.ofSeconds(1));
    assertThat(new Reported(none, none, Optional.empty(), week).likelyWindow()).isEqualTo(week);
    assertThat(new Reported(none, some, reset).likelyWindow()).isEmpty();
    assertThat(new Reported(some, none, reset).likelyWindow()).isEmpty();
    assertThat(new Reported(some, some, Optional.empty()).likelyWindow()).isEmpty();
  }
}
