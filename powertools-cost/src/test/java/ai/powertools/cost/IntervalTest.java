package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.models.Usd;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void bothEndsAreInIt() {
    Interval interval = new Interval(Usd.of("46.10"), Usd.of("52.40"));
    assertThat(interval.contains(Usd.of("46.10"))).isTrue();
    assertThat(interval.contains(Usd.of("52.40"))).isTrue();
    assertThat(interval.contains(Usd.of("46.09"))).isFalse();
    assertThat(interval.contains(Usd.of("52.41"))).isFalse();
  }

  @Test
  void itIsShownToTheCentAndSmallAmountsToTwoDigits() {
    assertThat(new Interval(Usd.of("46.104"), Usd.of("52.396"))).hasToString("$46.10 to $52.40");
    assertThat(new Interval(Usd.of("0.0012345"), Usd.of("0.099"))).hasToString("$0.0012 to $0.099");
  }

  @Test
  void itDoesNotGoBackwards() {
    assertThatThrownBy(() -> new Interval(Usd.of("2"), Usd.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An interval goes from low to high, not from $2.00 to $1.00.");
  }
}
