package ai.powertools.core.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
  @ParameterizedTest
  @CsvSource({
    "6m0s,360000",
    "120ms,120",
    "1s,1000",
    "1h2m3.5s,3723500",
    "59.5,59500",
    "8.64s,8640",
    "1H,3600000",
    "34s,34000",
    "5000us,5",
    "5000µs,5",
    "7000000ns,7"
  })
  void readsSpansInGosNotation(String value, long millis) {
    assertThat(Span.parse(value)).contains(Duration.ofMillis(millis));
  }

  @Test
  void readsProtobufsToTheNanosecond() {
    assertThat(Span.parse("34.074824224s")).contains(Duration.ofSeconds(34, 74_824_224));
  }

  @Test
  void readsLongSpansInSmallUnits() {
    assertThat(Span.parse("999999999999ms")).contains(Duration.ofMillis(999_999_999_999L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "6m0", "m6", "6m 0s", "1d", "1s?", "-1s", "9999999999999s", "1.s", "१s"})
  void takesOtherSpansForNone(String value) {
    assertThat(Span.parse(value)).isEmpty();
  }

  @Test
  void takesNullAndWhatIsTooLongForNone() {
    assertThat(Span.parse(null)).isEmpty();
    assertThat(Span.parse("1s".repeat(33))).isEmpty();
    assertThat(Span.parse("1s".repeat(32))).contains(Duration.ofSeconds(32));
  }
}
