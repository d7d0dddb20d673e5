package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.cost.Budget;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.CostTrackerBuilder;
import ai.powertools.cost.ExportFormat;
import ai.powertools.cost.LedgerExport;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/**
 * A ledger that is there already, opened to be looked at. What is asked of it leaves nothing in it:
 * no budget, and calls that were lost are found by the application that has to be told.
 */
final class LedgerFile implements AutoCloseable {
  private final Store store;
  private final Time time;
  private final CostTracker entries;

  private LedgerFile(Store store, Time time) {
    this.store = store;
    this.time = time;
    this.entries = CostTracker.builder().store(store).time(time).onlyLooking().build();
  }

  /**
   * Opens a ledger; makes none.
   *
   * @throws ConfigurationException if there is none, or it can't be read
   */
  static LedgerFile open(Path file, Time time) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "There is no ledger at %s yet: the first ask or run begins it. Name another with --ledger or --home."
              .formatted(file));
    }
    try {
      return opened(file, time);
    } catch (StoreException e) {
      throw new ConfigurationException(
          "The ledger can't be read. %s Name another with --ledger or --home."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static LedgerFile opened(Path file, Time time) {
    Store store = Store.sqlite(file);
    try {
      boolean kept =
          store
              .read(
                  sql ->
                      sql.first(
                          "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?",
                          row -> row.string("name"),
                          "cost_entry"))
              .isPresent();
      if (!kept) {
        throw new ConfigurationException(
            "%s is a database without a ledger. Name another file with --ledger or --home."
                .formatted(file));
      }
      return new LedgerFile(store, time);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** By whose calendar its days begin. */
  ZoneId zone() {
    return entries.zone();
  }

  /** The day that it is there. */
  LocalDate today() {
    return LocalDate.ofInstant(time.instant(), zone());
  }

  /** Its entries as they are, page by page, while others write. */
  LedgerExport export(ExportFormat format) {
    return entries.export(format);
  }

  /** What there is to say with these budgets, while others write. */
  <T> T ask(List<Budget> budgets, Function<CostTracker, T> question) {
    CostTrackerBuilder builder = CostTracker.builder().store(store).time(time).onlyLooking();
    budgets.forEach(builder::budget);
    try (CostTracker looking = builder.build()) {
      return question.apply(looking);
    }
  }

  @Override
  public void close() {
    entries.close();
    store.close();
  }
}
