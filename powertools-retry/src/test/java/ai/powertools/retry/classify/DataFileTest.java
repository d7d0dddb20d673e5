package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and their mistakes. */
class DataFileTest {
  private static final String GOOD_HTTP = "400\tpermanent\tnote\thttps://a.example\t2026-11-27";

  @Test
  void commentsAndBlankLinesAreNoRows() {
    assertThat(DataFile.parse("t.tsv", "# c\n\na\tb\r\n  \nc\td", 2))
        .extracting(DataFile.Row::line)
        .containsExactly(3, 5);
  }

  @Test
  void aWrongNumberOfColumnsIsNamed() {
    assertThatThrownBy(() -> DataFile.parse("t.tsv", "# c\na\tb\tc", 2))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("t.tsv, line 2 has 3 columns: give 2, with tabs between.");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> DataFile.bundled("none.tsv", 2))
        .hasMessageContaining("none.tsv is missing");
  }

  @Test
  void aGoodRowIsRead() {
    assertThat(parse(GOOD_HTTP, HttpStatusRow::of).covers(400)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4xx\tpermanent\tnote\thttps://a.example\t2026-11-27",
        "400\tnever\tnote\thttps://a.example\t2026-11-27",
        "400\tpermanent\tnote\tno address\t2026-11-27",
        "400\tpermanent\tnote\thttps://a.example\tyesterday"
      })
  void aBadCellIsNamedWithTheRemedy(String row) {
    assertThatThrownBy(() -> parse(row, HttpStatusRow::of))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching("t.tsv, line 1, column \\d has \".+\": give .+\\.");
  }

  @Test
  void badRowsOfTheOtherTablesAreNamedToo() {
    assertThatThrownBy(
            () ->
                parse(
                    "any\tword\t40001\ttransient\tn\thttps://a.example\t2026-11-27",
                    SqlStateRow::of))
        .hasMessage("t.tsv, line 1, column 2 has \"word\": give state, class or number.");
    assertThatThrownBy(
            () -> parse("v\t*\t*\ttransient\tn\thttps://a.example\t2026-11-27", LlmError::of))
        .hasMessage("t.tsv, line 1, column 3 has \"*\": give a sign, or a status in column 2.");
    assertThatThrownBy(
            () -> parse("v\tmany\tx\ttransient\tn\thttps://a.example\t2026-11-27", LlmError::of))
        .hasMessage("t.tsv, line 1, column 2 has \"many\": give a whole number.");
  }

  private static <T> T parse(String row, Function<DataFile.Row, T> of) {
    return of.apply(DataFile.parse("t.tsv", row, row.split("\t", -1).length).get(0));
  }
}
