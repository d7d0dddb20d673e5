package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenWaitTest {
  @ParameterizedTest
  @CsvSource({
    "Please try again in 20s., PT20S",
    "Please try again in 6m0s. Visit us., PT6M",
    "Please try again in 1h2m3.5s, PT1H2M3.5S",
    "Please try again in 59.5s, PT59.5S",
    "please try again in 120ms, PT0.12S",
    "Please retry after 86400 seconds. Contact us, PT24H",
    "Try again in 1 second., PT1S",
    "Please retry in 36.429760048s., PT36.429760048S"
  })
  void aWaitInWordsIsRead(String words, Duration length) {
    assertThat(SpokenWait.in(words)).contains(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Please try again later",
        "try again in 5 minutes",
        "retry in 20 servers",
        "try again in 20steps",
        "retry after 99999999999s",
        "entry in 5s"
      })
  void otherWordsAreNoWait(String words) {
    assertThat(SpokenWait.in(words)).isEmpty();
  }
}
