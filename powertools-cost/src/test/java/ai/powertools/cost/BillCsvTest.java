package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.powertools.models.Usd;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillCsvTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

  @Test
  void columnsAreFoundByNameInAnyOrder() throws IOException {
    assertThat(
            read(
                """
                Project,Cost,Line Item,Date
                x,1.25,gpt-5-mini,2026-11-02
                y,0.5,"gpt-5, batch",2026-11-03
                """))
        .containsExactly(line(0, "gpt-5-mini", "1.25"), line(1, "gpt-5, batch", "0.5"));
  }

  @Test
  void rowsOfOneKeyAreAddedUp() throws IOException {
    assertThat(read("day,model,amount\n2026-11-02,a,1\n2026-11-02,b,5\n2026-11-02,a,-0.25"))
        .containsExactly(line(0, "a", "0.75"), line(0, "b", "5"));
  }

  @Test
  void theFirstNameOfAColumnWins() throws IOException {
    assertThat(read("name,usd,model,amount,day\nx,9,a,1,2026-11-02\n"))
        .containsExactly(line(0, "a", "1"));
  }

  @Test
  void amountsAndDaysAreReadAsVendorsWriteThem() throws IOException {
    assertThat(
            read(
                """
                day,model,amount
                2026-11-02T00:00:00Z,a,"$1,234.50"
                2026-11-02 00:00,b,-$0.5
                2026-11-02,c, 1e-7\s
                """))
        .containsExactly(line(0, "a", "1234.5"), line(0, "b", "-0.5"), line(0, "c", "0.0000001"));
  }

  @Test
  void quotesLineEndsAndAByteOrderMarkAreThoseOfSpreadsheets() throws IOException {
    assertThat(
            read(
                String.join(
                    "\r\n",
                    "\ufeffday,model,amount",
                    "",
                    "2026-11-02,\"a \"\"b\"\"",
                    "c\",1\r2026-11-02,d\"e,2",
                    "2026-11-02,\"f\"g,3,")))
        .containsExactly(line(0, "a \"b\"\r\nc", "1"), line(0, "d\"e", "2"), line(0, "fg", "3"));
  }

  @Test
  void aBillWithoutRowsHasNoLines() throws IOException {
    assertThat(read("day,model,amount\n\n")).isEmpty();
  }

  @Test
  void aFileIsReadAsUtf8(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("bill.csv"), "day,name,usd\n2026-11-02,é,1\n");
    assertThat(BillAudit.readCsv(file)).containsExactly(line(0, "é", "1"));
    Assertions.assertThatThrownBy(() -> BillAudit.readCsv(directory.resolve("none.csv")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatCanNotBeReadIsNamedWithLineAndColumn() {
    refuses("", 1, "Line 1 of the bill: it is empty. Expected a header with columns.");
    refuses(
        "day;model;amount\n",
        1,
        "Line 1 of the bill: no column is named day or date or usage_date."
            + " There are: day;model;amount.");
    refuses(
        "day,model,amount\n2026-11-02,\"a\nb\",1\n\n2026-11-31,a,1\n",
        5,
        "Line 5 of the bill: column day should be a day such as 2026-11-26, not \"2026-11-31\".");
    refuses(
        "day,model,amount\n11/02/2026,a,1\n",
        2,
        "Line 2 of the bill: column day should be a day such as 2026-11-26, not \"11/02/2026\".");
    for (String amount : List.of("\"1,5\"", "1$5", "$", "1.2.3", "n/a", "")) {
      refuses(
          "day,model,Amount\n2026-11-02,a," + amount + "\n",
          2,
          "Line 2 of the bill: column Amount should be dollars such as 1234.56, not \"%s\"."
              .formatted(amount.replace("\"", "")));
    }
    refuses(
        "day,model,amount\n2026-11-02,a\n",
        2,
        "Line 2 of the bill: column amount is missing, there are only 2.");
    refuses(
        "day,model,amount\n2026-11-02,\"a,1\n",
        2,
        "Line 2 of the bill: a quote in column 2 is never closed.");
  }

  private static void refuses(String csv, int line, String message) {
    assertThatExceptionOfType(BillFormatException.class)
        .isThrownBy(() -> read(csv))
        .withMessage(message)
        .satisfies(e -> assertThat(e.line()).isEqualTo(line));
  }

  private static List<BillLine> read(String csv) throws IOException {
    return BillAudit.readCsv(new StringReader(csv));
  }

  private static BillLine line(int day, String model, String amount) {
    return new BillLine(DAY.plusDays(day), model, Usd.of(amount));
  }
}
