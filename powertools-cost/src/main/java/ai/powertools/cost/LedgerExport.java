package ai.powertools.cost;

import ai.powertools.core.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Entries as rows for other programs: the same flat columns of one type each in every format, see
 * {@link #columns}, so that they go into a data frame or a Parquet file as they are.
 *
 * <pre>{@code
 * long rows = tracker.export(ExportFormat.NDJSON).from(monday).before(sunday).to(Path.of("costs.ndjson"));
 * }</pre>
 *
 * Reads page by page, so that a ledger of any size fits; entries that are written meanwhile may be
 * in it or not. Immutable.
 */
public final class LedgerExport {
  private static final int PAGE = 2_000;

  private final Readings readings;
  private final ExportFormat format;
  private final Instant from;
  private final Instant before;

  LedgerExport(Readings readings, ExportFormat format, Instant from, Instant before) {
    this.readings = readings;
    this.format = format;
    this.from = from;
    this.before = before;
  }

  /** The columns with their types, in their order. */
  public static List<String> columns() {
    return ExportColumn.ALL.stream()
        .map(column -> column.name() + " " + column.type().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableList());
  }

  /** Only of calls that began then or later. */
  public LedgerExport from(Instant begin) {
    return new LedgerExport(readings, format, begin, before);
  }

  /** Only of calls that began before then. */
  public LedgerExport before(Instant end) {
    return new LedgerExport(readings, format, from, end);
  }

  /**
   * Writes them to a new file that only its owner can read.
   *
   * @return how many rows
   * @throws UncheckedIOException if the file is there already or can't be written
   */
  public long to(Path file) {
    try (Writer writer = PrivateFiles.newWriter(file)) {
      return to(writer);
    } catch (FileAlreadyExistsException e) {
      throw new UncheckedIOException(
          "Could not write the costs to " + file + ": it is there already. Name a new file.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Could not write the costs to %s: %s (%s)."
              .formatted(file, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  /**
   * Writes them, and leaves the writer open.
   *
   * @return how many rows
   * @throws UncheckedIOException if the writer throws
   */
  public long to(Writer writer) {
    try {
      writer.write(format.header(ExportColumn.ALL));
      long rows = 0;
      Readings.Page page = readings.page(Readings.Cursor.at(from), before, PAGE);
      while (!page.entries().isEmpty()) {
        for (LedgerEntry entry : page.entries()) {
          writer.write(format.row(ExportColumn.ALL, entry));
        }
        rows += page.entries().size();
        page = readings.page(page.end(), before, PAGE);
      }
      writer.flush();
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the costs.", e);
    }
  }
}
