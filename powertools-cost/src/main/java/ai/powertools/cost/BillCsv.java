package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the three columns of a bill and what they say. */
final class BillCsv {
  private static final List<String> DAY = List.of("day", "date", "usage_date");
  private static final List<String> MODEL = List.of("model", "line_item", "name");
  private static final List<String> AMOUNT =
      List.of("amount", "cost", "usd", "amount_usd", "cost_usd");

  private static final Pattern DAY_AND_TIME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})([T ].*)?");
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\$?\\d{1,3}(,\\d{3})+(\\.\\d*)?");

  private static final Pattern SIGN = Pattern.compile("^([+-]?)\\$");

  private final CsvRows rows;

  BillCsv(CsvRows rows) {
    this.rows = rows;
  }

  List<BillLine> lines() throws IOException {
    CsvRows.Row header =
        rows.next()
            .orElseThrow(
                () -> new BillFormatException(1, "it is empty. Expected a header with columns."));
    int day = column(header, DAY);
    int model = column(header, MODEL);
    int amount = column(header, AMOUNT);
    List<BillLine> lines = new ArrayList<>();
    Optional<CsvRows.Row> row = rows.next();
    while (row.isPresent()) {
      lines.add(
          new BillLine(
              day(row.get(), header, day),
              field(row.get(), header, model),
              amount(row.get(), header, amount)));
      row = rows.next();
    }
    return lines;
  }

  private static int column(CsvRows.Row header, List<String> names) {
    List<String> found =
        header.fields().stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT).replace(' ', '_'))
            .toList();
    for (String name : names) {
      if (found.contains(name)) {
        return found.indexOf(name);
      }
    }
    throw new BillFormatException(
        header.line(),
        "no column is named %s. There are: %s."
            .formatted(String.join(" or ", names), String.join(", ", found)));
  }

  private static String field(CsvRows.Row row, CsvRows.Row header, int column) {
    if (column >= row.fields().size()) {
      throw new BillFormatException(
          row.line(),
          "column %s is missing, there are only %d."
              .formatted(header.fields().get(column), row.fields().size()));
    }
    return row.fields().get(column).strip();
  }

  private static LocalDate day(CsvRows.Row row, CsvRows.Row header, int column) {
    String text = field(row, header, column);
    Matcher matcher = DAY_AND_TIME.matcher(text);
    try {
      return LocalDate.parse(matcher.matches() ? matcher.group(1) : text);
    } catch (DateTimeParseException e) {
      throw unreadable(row, header, column, "a day such as 2026-11-26", e);
    }
  }

  private static Usd amount(CsvRows.Row row, CsvRows.Row header, int column) {
    String text = field(row, header, column);
    boolean grouped = GROUPED.matcher(text).matches();
    try {
      return Usd.of(SIGN.matcher(grouped ? text.replace(",", "") : text).replaceFirst("$1"));
    } catch (IllegalArgumentException e) {
      throw unreadable(row, header, column, "dollars such as 1234.56", e);
    }
  }

  private static BillFormatException unreadable(
      CsvRows.Row row, CsvRows.Row header, int column, String expected, Exception cause) {
    return new BillFormatException(
        row.line(),
        "column %s should be %s, not \"%s\"."
            .formatted(header.fields().get(column), expected, row.fields().get(column)),
        cause);
  }
}
