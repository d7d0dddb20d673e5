package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHeadersTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"2,2000", "0.5,500", " 7 ,7000", "0,0", "2000000,2000000000"})
  void readsSeconds(String value, long millis) {
    assertThat(wait(Map.of("retry-after", value))).contains(Duration.ofMillis(millis));
  }

  @Test
  void readsADate() {
    assertThat(wait(Map.of("retry-after", "Sat, 01 Aug 2026 12:01:30 GMT")))
        .contains(Duration.ofSeconds(90));
  }

  @Test
  void takesADateInThePastForNoWaitAtAll() {
    assertThat(wait(Map.of("retry-after", "Sat, 01 Aug 2026 11:00:00 GMT")))
        .contains(Duration.ZERO);
  }

  @Test
  void prefersMilliseconds() {
    assertThat(wait(Map.of("retry-after", "1", "retry-after-ms", "350.5")))
        .contains(Duration.ofNanos(350_500_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1e9", "NaN", "99999999999", "Sat, 99 Aug 2026"})
  void takesNonsenseForNoHeader(String value) {
    assertThat(wait(Map.of("retry-after", value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "6m0s,360000",
    "120ms,120",
    "1s,1000",
    "1h2m3.5s,3723500",
    "59.5,59500",
    "8.64s,8640",
    "1H,3600000"
  })
  void readsSpansInGosNotation(String value, long millis) {
    assertThat(RetryHeaders.span(value)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "6m0", "m6", "6m 0s", "1d", "1s?", "9999999999999s"})
  void takesOtherSpansForNone(String value) {
    assertThat(RetryHeaders.span(value)).isEmpty();
  }

  @Test
  void waitsForTheLimitThatIsUsedUp() {
    Map<String, String> headers =
        Map.of(
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-remaining-tokens", "100",
            "x-ratelimit-reset-requests", "1s",
            "x-ratelimit-reset-tokens", "6m0s");
    assertThat(wait(headers)).contains(Duration.ofSeconds(1));
  }

  @Test
  void waitsForBothLimitsWhenBothAreUsedUp() {
    Map<String, String> headers =
        Map.of(
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-remaining-tokens", "0",
            "x-ratelimit-reset-requests", "7s",
            "x-ratelimit-reset-tokens", "2s");
    assertThat(wait(headers)).contains(Duration.ofSeconds(7));
  }

  @Test
  void waitsForTheTokensWhenNothingIsUsedUp() {
    Map<String, String> headers =
        Map.of("x-ratelimit-reset-requests", "1s", "x-ratelimit-reset-tokens", "20ms");
    assertThat(wait(headers)).contains(Duration.ofMillis(20));
  }

  @Test
  void hasNothingToSayWithoutHeaders() {
    assertThat(wait(Map.of())).isEmpty();
  }

  private static Optional<Duration> wait(Map<String, String> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return RetryHeaders.wait(byName::get, NOW);
  }
}
