package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts, shares and times as people read them. */
class MoneyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | $0.00",
        "0.5 | $0.50",
        "0.10984 | $0.110",
        "0.00125 | $0.00125",
        "0.0012551 | $0.00126",
        "0.9996 | $1.00",
        "1 | $1.00",
        "1.005 | $1.01",
        "12.344999 | $12.34",
        "1234567.891 | $1,234,567.89",
        "0.000001 | $0.000001",
        "0.0000009 | <$0.000001",
        "-0.0000009 | >-$0.000001",
        "-1234.5 | -$1,234.50"
      })
  void roundsToCentsOrThreeDigits(String exact, String shown) {
    assertThat(new Money(Usd.of(exact))).hasToString(shown);
  }

  @Test
  void labelsAnAxisWithTheDigitsOfItsSteps() {
    assertThat(Money.label(new BigDecimal("1E+3"), 0)).isEqualTo("$1,000");
    assertThat(Money.label(new BigDecimal("0.05"), 0)).isEqualTo("$0.05");
  }

  @ParameterizedTest
  @CsvSource({"1, 8, 12.5 %", "0, 8, 0.0 %", "1, 100000, <0.1 %", "3, 2, 150.0 %", "1, 0, –"})
  void sharesHaveOneDecimal(double part, double whole, String shown) {
    assertThat(new Share(part, whole)).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 25", "3, 2, 100", "-1, 2, 0", "1, 0, 0"})
  void aDrawnShareStaysWithinItsBar(double part, double whole, double drawn) {
    assertThat(new Share(part, whole).percentWithin()).isEqualTo(drawn);
  }

  @ParameterizedTest
  @CsvSource({"400, 0.4 ms", "850000, 850 ms", "1240000, 1.2 s", "125000000, 2 min 5 s"})
  void timesAreRounded(long micros, String shown) {
    assertThat(new Took(Duration.ofNanos(micros * 1000))).hasToString(shown);
  }
}
