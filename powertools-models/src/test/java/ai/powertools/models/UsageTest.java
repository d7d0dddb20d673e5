package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
  @Test
  void addsPartByPart() {
    Usage first = new Usage(100, 40, 10, 50, 20);
    Usage second = new Usage(1, 1, 0, 2, 2);

    assertThat(first.plus(second)).isEqualTo(new Usage(101, 41, 10, 52, 22));
    assertThat(first.plus(Usage.ZERO)).isEqualTo(first);
  }

  @Test
  void countsThePartsOnceInTheTotal() {
    assertThat(new Usage(100, 40, 10, 50, 20).totalTokens()).isEqualTo(150);
    assertThat(Usage.of(12, 180)).isEqualTo(new Usage(12, 0, 0, 180, 0));
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0,0,0", "0,-1,0,0,0", "0,0,-1,0,0", "0,0,0,-1,0", "0,0,0,0,-1"})
  void refusesNegativeNumbers(long in, long cached, long write, long out, long reasoning) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Usage(in, cached, write, out, reasoning))
        .withMessageStartingWith("Tokens must not be negative: input ");
  }

  @ParameterizedTest
  @CsvSource({
    "10,11,0,0,0",
    "10,0,11,0,0",
    "10,6,5,0,0",
    "10,0,0,5,6",
    "9223372036854775807,9223372036854775807,9223372036854775807,0,0"
  })
  void refusesPartsLargerThanTheWhole(long in, long cached, long write, long out, long reasoning) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Usage(in, cached, write, out, reasoning))
        .withMessageStartingWith("A part is larger than its whole: input " + in)
        .withMessageEndingWith(
            "Input must include its cached and cache-write tokens, output its reasoning.");
  }

  @Test
  void doesNotWrapAround() {
    Usage most = Usage.of(Long.MAX_VALUE, 0);

    assertThatThrownBy(() -> most.plus(Usage.of(1, 0))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Usage.of(Long.MAX_VALUE, 1).totalTokens())
        .isInstanceOf(ArithmeticException.class);
  }
}
