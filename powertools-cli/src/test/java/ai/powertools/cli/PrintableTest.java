package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Usd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "0, $0.00",
    "0.5, $0.50",
    "0.001254, $0.00125",
    "0.9999, $1.00",
    "-0.25, -$0.25",
    "12.345, '$12.35'",
    "1234567.891, '$1,234,567.89'",
    "0.000000000001, $0.000000000001"
  })
  void roundsAmountsForPeople(String exact, String shown) {
    assertThat(Printable.dollars(Usd.of(exact))).isEqualTo(shown);
  }

  @Test
  void keepsTheTerminalFromBeingMoved() {
    assertThat(Printable.line("a\u001b[2Jb\u202Ec\nd\u00e9\ud83d\ude00"))
        .isEqualTo("a?[2Jb?c?d\u00e9\ud83d\ude00");
  }
}
