package ai.powertools.cost;

import ai.powertools.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The sums of counters in a store, for one transaction: each is read once and written once. */
final class SqlSums {
  /** Fewer sums are read one by one, by a statement that is prepared already. */
  private static final int FEWEST_AT_ONCE = 3;

  private static final int MOST_AT_ONCE = 128;

  private final Sql sql;
  private final Map<Cell, Sum> sums = new HashMap<>();
  private final Map<Cell, Map<Long, Long>> rolling = new HashMap<>();

  SqlSums(Sql sql) {
    this.sql = sql;
  }

  private record Cell(long counter, String share, long cell) {}

  /** A sum as it was read, and as it is now. */
  private record Sum(Balance was, Balance is) {}

  /** Reads the sums that these calls will look at, in one trip where there are some. */
  void prefetch(Collection<Book.Registered> counters, List<Held> touched) {
    Set<Cell> cells = new LinkedHashSet<>();
    for (Book.Registered one : counters) {
      for (Held call : touched) {
        Optional<String> share = one.counter().scope().shareOf(call.attributes());
        if (share.isPresent()) {
          long held = one.counter().heldCell(call.beganAt());
          cells.add(new Cell(one.id(), share.get(), held));
          cells.add(new Cell(one.id(), share.get(), one.counter().spentCell(call.beganAt())));
        }
      }
    }
    List<Cell> all = List.copyOf(cells);
    for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
      prefetchSome(all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE)));
    }
  }

  /** As many places as the next power of two, so that there are few texts to be prepared. */
  private void prefetchSome(List<Cell> cells) {
    if (cells.size() < FEWEST_AT_ONCE) {
      return;
    }
    int places = Integer.highestOneBit(cells.size() * 2 - 1);
    @Nullable Object[] parameters = new @Nullable Object[3 * places];
    for (int i = 0; i < places; i++) {
      Cell cell = cells.get(Math.min(i, cells.size() - 1));
      parameters[3 * i] = cell.counter();
      parameters[3 * i + 1] = cell.share();
      parameters[3 * i + 2] = cell.cell();
    }
    sql.query(
            "SELECT counter, share, cell, spent_pico, reserved_pico FROM cost_sum"
                + " WHERE (counter, share, cell) IN (VALUES (?, ?, ?)"
                + ", (?, ?, ?)".repeat(places - 1)
                + ")",
            r ->
                Map.entry(
                    new Cell(r.longValue("counter"), r.string("share"), r.longValue("cell")),
                    sum(r.longValue("spent_pico"), r.longValue("reserved_pico"))),
            parameters)
        .forEach(one -> sums.put(one.getKey(), one.getValue()));
    cells.forEach(cell -> sums.computeIfAbsent(cell, unused -> sum(0, 0)));
  }

  /** Writes what has changed. */
  void write() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    sums.forEach(
        (cell, sum) -> {
          if (sum.is().spent != sum.was().spent || sum.is().reserved != sum.was().reserved) {
            rows.add(
                new @Nullable Object[] {
                  cell.counter(), cell.share(), cell.cell(), sum.is().spent, sum.is().reserved
                });
          }
        });
    sql.executeAll(
        "INSERT INTO cost_sum (counter, share, cell, spent_pico, reserved_pico)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (counter, share, cell) DO UPDATE"
            + " SET spent_pico = excluded.spent_pico, reserved_pico = excluded.reserved_pico",
        rows);
    sums.clear();
  }

  Balance balance(long counter, String share, long cell) {
    return sums.computeIfAbsent(new Cell(counter, share, cell), this::read).is();
  }

  private Sum read(Cell cell) {
    return sql.first(
            "SELECT spent_pico, reserved_pico FROM cost_sum"
                + " WHERE counter = ? AND share = ? AND cell = ?",
            r -> sum(r.longValue("spent_pico"), r.longValue("reserved_pico")),
            cell.counter(),
            cell.share(),
            cell.cell())
        .orElseGet(() -> sum(0, 0));
  }

  private static Sum sum(long spent, long reserved) {
    return new Sum(new Balance(spent, reserved), new Balance(spent, reserved));
  }

  long spentFrom(long counter, String share, long firstCell) {
    Map<Long, Long> spent =
        new HashMap<>(rolling.computeIfAbsent(new Cell(counter, share, firstCell), this::readFrom));
    sums.forEach( // what this transaction knows better
        (cell, sum) -> {
          if (cell.counter() == counter && cell.share().equals(share) && cell.cell() >= firstCell) {
            spent.put(cell.cell(), sum.is().spent);
          }
        });
    long all = 0;
    for (long one : spent.values()) {
      all = Balance.sum(all, one);
    }
    return all;
  }

  private Map<Long, Long> readFrom(Cell first) {
    Map<Long, Long> spent = new HashMap<>();
    sql.query(
            "SELECT cell, spent_pico FROM cost_sum"
                + " WHERE counter = ? AND share = ? AND cell >= ?",
            r -> Map.entry(r.longValue("cell"), r.longValue("spent_pico")),
            first.counter(),
            first.share(),
            first.cell())
        .forEach(cell -> spent.put(cell.getKey(), cell.getValue()));
    return spent;
  }

  List<String> shares(long counter, long firstCell) {
    Set<String> all =
        new TreeSet<>(
            sql.query(
                "SELECT DISTINCT share FROM cost_sum WHERE counter = ?"
                    + " AND ((cell >= ? AND (spent_pico > 0 OR reserved_pico > 0))"
                    + " OR (cell = ? AND reserved_pico > 0))",
                r -> r.string("share"),
                counter,
                firstCell,
                Counter.HELD));
    sums.forEach( // what only this transaction knows
        (cell, sum) -> {
          if (cell.counter() == counter
              && (cell.cell() >= firstCell || cell.cell() == Counter.HELD)
              && (sum.is().spent > 0 || sum.is().reserved > 0)) {
            all.add(cell.share());
          }
        });
    return List.copyOf(all);
  }

  /** Those of windows that are over and hold nothing. */
  void forget(Book.Registered counter, Instant before) {
    sql.execute(
        "DELETE FROM cost_sum WHERE counter = ? AND cell > ? AND cell < ? AND reserved_pico = 0",
        counter.id(),
        Counter.HELD,
        counter.counter().firstCell(before));
  }
}
