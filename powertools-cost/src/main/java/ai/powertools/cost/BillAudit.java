package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds a vendor's bill against the ledger.
 *
 * <pre>{@code
 * List<BillLine> billed = BillAudit.readCsv(Path.of("costs-2026-11.csv"));
 * System.out.println(BillAudit.compare(ours, billed, BillTolerance.CENT).describe());
 * }</pre>
 */
public final class BillAudit {
  private BillAudit() {}

  private record Key(LocalDate day, String model) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::day).thenComparing(Key::model);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Compares line by line; several lines of one day and model on a side are added up first.
   *
   * @param ours what the ledger says
   * @param billed what the vendor says
   * @param tolerance by how much a line may differ
   */
  public static BillComparison compare(
      Collection<BillLine> ours, Collection<BillLine> billed, BillTolerance tolerance) {
    Map<Key, Usd> mine = addedUp(ours);
    Map<Key, Usd> theirs = addedUp(billed);
    Map<Key, Usd> all = new TreeMap<>(mine);
    all.putAll(theirs);
    List<BillDifference> lines = new ArrayList<>();
    for (Key key : all.keySet()) {
      lines.add(
          difference(
              key,
              Optional.ofNullable(mine.get(key)),
              Optional.ofNullable(theirs.get(key)),
              tolerance));
    }
    lines.sort(Comparator.comparing(BillDifference::size).reversed());
    return new BillComparison(lines, total(mine), total(theirs), tolerance);
  }

  /**
   * Reads a bill in a file, in UTF-8.
   *
   * @throws IOException if it can't be read
   * @throws BillFormatException as {@link #readCsv(Reader)} does
   */
  public static List<BillLine> readCsv(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return readCsv(reader);
    }
  }

  /**
   * Reads a bill as CSV (RFC 4180) with a header. Columns are found by their names, in any order
   * and in capitals or not: {@code day}, {@code date} or {@code usage_date}; {@code model}, {@code
   * line_item} or {@code name}; {@code amount}, {@code cost}, {@code usd}, {@code amount_usd} or
   * {@code cost_usd}; the first of these that is there. Others are passed over. A day is written as
   * in {@code 2026-11-26}, a time after it is cut off; an amount as in {@code 1234.56}, {@code
   * $1,234.56} or {@code -0.5}.
   *
   * @param reader is read to its end, and left open
   * @return a line for each day and model, what several rows say of one added up, in their order
   * @throws IOException if it can't be read
   * @throws BillFormatException if a column is missing or a value is not what it should be: names
   *     line and column
   */
  public static List<BillLine> readCsv(Reader reader) throws IOException {
    return addedUp(new BillCsv(new CsvRows(reader)).lines()).entrySet().stream()
        .map(line -> new BillLine(line.getKey().day(), line.getKey().model(), line.getValue()))
        .toList();
  }

  private static BillDifference difference(
      Key key, Optional<Usd> ours, Optional<Usd> billed, BillTolerance tolerance) {
    BillDifference strict = new BillDifference(key.day(), key.model(), ours, billed, false);
    return tolerance.covers(strict.size(), billed.orElse(Usd.ZERO))
        ? new BillDifference(key.day(), key.model(), ours, billed, true)
        : strict;
  }

  private static Map<Key, Usd> addedUp(Collection<BillLine> lines) {
    Map<Key, Usd> sums = new TreeMap<>();
    for (BillLine line : lines) {
      sums.merge(new Key(line.day(), line.model()), line.amount(), Usd::plus);
    }
    return sums;
  }

  private static Usd total(Map<Key, Usd> lines) {
    return lines.values().stream().reduce(Usd.ZERO, Usd::plus);
  }
}
