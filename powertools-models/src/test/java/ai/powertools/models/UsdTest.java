package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsdTest {
  @ParameterizedTest
  @CsvSource({
    "0.00125, 0.00125, $0.00125",
    "1.5, 1.5, $1.50",
    "12, 12, $12.00",
    "0, 0, $0.00",
    "-0.5, -0.5, -$0.50",
    "0.000000000001, 0.000000000001, $0.000000000001",
    "1e3, 1000, $1000.00",
    "+2.50, 2.5, $2.50",
    "0.0000000000000001, 0.0000000000000001, $0.0000000000000001",
    "123456789012345678.9, 123456789012345678.9, $123456789012345678.90"
  })
  void printsExactlyWhatItWasMadeOf(String text, String plain, String forPeople) {
    Usd amount = Usd.of(text);

    assertThat(amount).hasToString(plain);
    assertThat(amount.format()).isEqualTo(forPeople);
    assertThat(Usd.of(amount.toString())).isEqualTo(amount).hasSameHashCodeAs(amount);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "$1", "1,000", "NaN", "one", "1e999999999", "1e-101", "1e100"})
  void refusesWhatIsNotAnAmount(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Usd.of(text))
        .withMessageStartingWith("Not an amount of dollars");
  }

  @Test
  void refusesATextThatIsTooLongBeforeReadingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Usd.of("1".repeat(100_000)))
        .withMessage("Not an amount of dollars: a text of 100000 characters.");
  }

  @Test
  void isTheSameAmountHoweverItWasWritten() {
    assertThat(Usd.of("0.10"))
        .isEqualTo(Usd.of("0.1"))
        .isEqualTo(Usd.cents(10))
        .isEqualTo(Usd.ofPico(100_000_000_000L))
        .isEqualTo(Usd.of(new BigDecimal("0.1000")))
        .isNotEqualTo(Usd.of("0.11"))
        .isNotEqualTo(Usd.of("0.10000000000000001"))
        .isNotEqualTo("0.1");
  }

  @Test
  void goesOverIntoALargerFormAndComesBack() {
    Usd most = Usd.ofPico(Long.MAX_VALUE);

    Usd more = most.plus(Usd.ofPico(1));

    assertThat(more).hasToString("9223372.036854775808");
    assertThat(more.minus(Usd.ofPico(1))).isEqualTo(most);
    assertThat(more.minus(Usd.ofPico(1)).toPicoExact()).isEqualTo(Long.MAX_VALUE);
    assertThat(Usd.ofPico(Long.MIN_VALUE).times(-1)).isEqualTo(more);
    assertThat(Usd.ofPico(Long.MIN_VALUE).minus(Usd.ofPico(1)))
        .hasToString("-9223372.036854775809");
  }

  @Test
  void doesNotTurnIntoPicoDollarsWhatIsNotAWholeNumberOfThem() {
    assertThat(Usd.of("0.00125").toPicoExact()).isEqualTo(1_250_000_000L);
    assertThatThrownBy(() -> Usd.of("0.0000000000001").toPicoExact())
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "$0.0000000000001 is not a whole number of pico-dollars within a long; keep its text"
                + " instead.");
    assertThatThrownBy(() -> Usd.of("10000000").toPicoExact())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void knowsItsSign() {
    assertThat(Usd.ZERO.isZero()).isTrue();
    assertThat(Usd.ZERO.isNegative()).isFalse();
    assertThat(Usd.of("-0").isZero()).isTrue();
    assertThat(Usd.of("-0.01").isNegative()).isTrue();
    assertThat(Usd.of("-10000000").isNegative()).isTrue();
    assertThat(Usd.of("10000000").isZero()).isFalse();
    assertThat(Usd.of("1").minus(Usd.of("1"))).isSameAs(Usd.ZERO);
  }

  @Test
  void chargesAMillionthOfTheRatePerUnit() {
    assertThat(Usd.of("1").forUnits(1, 1_000_000).toPicoExact()).isEqualTo(1_000_000);
    assertThat(Usd.of("0.0028").forUnits(3, 1_000_000)).isEqualTo(Usd.of("0.0000000084"));
  }

  @Test
  void isExactWhereATokenCostsLessThanAPicoDollar() {
    Usd rate = Usd.of("0.0000005");

    assertThat(rate.forUnits(1, 1_000_000)).hasToString("0.0000000000005");
    assertThat(rate.forUnits(2, 1_000_000).toPicoExact()).isEqualTo(1);
  }

  @Test
  void chargesHoursBySecondsToThirtyFourDigits() {
    assertThat(Usd.of("0.36").forUnits(10, 3_600)).isEqualTo(Usd.of("0.001"));
    assertThat(Usd.of("0.111").forUnits(1, 3_600))
        .hasToString("0.00003083333333333333333333333333333333");
    assertThat(Usd.of("9000000").forUnits(3_600_000, 3_600)).isEqualTo(Usd.of("9000000000"));
  }

  @Test
  void isExactTimesADecimalFactor() {
    assertThat(Usd.of("2.5").times(new BigDecimal("1.1"))).isEqualTo(Usd.of("2.75"));
  }
}
