package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Works out the sums of a counter that nobody kept until now, from what the ledger has: whole days
 * from its roll-ups, what is left at the ends of a window from its entries.
 */
final class Backfill {
  private final Source source;
  private final Book book;
  private final Book.Registered registered;

  Backfill(Source source, Book book, Book.Registered registered) {
    this.source = source;
    this.book = book;
    this.registered = registered;
  }

  /** Charges to budgets that were settled together. */
  record Charges(Attributes attributes, Instant beganAt, Usd counted) {}

  /** Where they come from. */
  interface Source {
    /** By whose calendar the days are. */
    ZoneId zone();

    /** Those of the days from the first on and before the end, without their sessions. */
    List<Charges> days(LocalDate from, LocalDate before);

    /**
     * Those of calls that began at {@code from} or later and before the end; what began within the
     * same part of time and shares its attributes may come as one.
     */
    List<Charges> entries(Instant from, Instant before, Duration part);

    /** All that calls in flight hold. */
    List<Held> held();
  }

  void run(Instant now) {
    Counter counter = registered.counter();
    List<Held> held = source.held();
    if (counter.window() instanceof Window.Rolling rolling) {
      // A call under way may need more yet, in the windows that it began in.
      Instant earliest = now;
      for (Held one : held) {
        earliest = one.beganAt().isBefore(earliest) ? one.beganAt() : earliest;
      }
      Instant first = earliest.minus(rolling.length()).minus(rolling.part());
      spend(source.entries(first, Instant.MAX, rolling.part()));
    } else {
      Set<Instant> begun = new TreeSet<>(Set.of(now));
      held.forEach(one -> begun.add(one.beganAt()));
      Set<Instant> starts = new TreeSet<>();
      for (Instant at : begun) {
        if (starts.add(counter.window().start(at))) {
          spendIn(counter.window().start(at), counter.window().end(at).orElse(Instant.MAX));
        }
      }
    }
    for (Held one : held) {
      counter
          .scope()
          .shareOf(one.attributes())
          .ifPresent(
              share -> {
                Balance balance =
                    book.balance(registered.id(), share, counter.heldCell(one.beganAt()));
                balance.reserved = Balance.sum(balance.reserved, one.reserved());
              });
    }
  }

  private void spendIn(Instant start, Instant end) {
    if (registered.counter().scope().mentions(Attributes.SESSION)) {
      spend(source.entries(start, end, Duration.ofDays(1)));
      return;
    }
    LocalDate first = firstWholeDay(start);
    LocalDate last =
        end.equals(Instant.MAX) ? LocalDate.MAX : LocalDate.ofInstant(end, source.zone());
    if (!first.isBefore(last)) {
      spend(source.entries(start, end, Duration.ofDays(1)));
      return;
    }
    spend(source.entries(start, begin(first), Duration.ofDays(1)));
    spend(source.days(first, last));
    if (!end.equals(Instant.MAX)) {
      spend(source.entries(begin(last), end, Duration.ofDays(1)));
    }
  }

  private LocalDate firstWholeDay(Instant start) {
    LocalDate day = LocalDate.ofInstant(start, source.zone());
    return begin(day).equals(start) ? day : day.plusDays(1);
  }

  private Instant begin(LocalDate day) {
    return day.atStartOfDay(source.zone()).toInstant();
  }

  /** At the end of a long it stands still, as sums do. */
  private static long pico(Usd amount) {
    return Picos.fits(amount) ? Picos.of(amount) : Long.MAX_VALUE;
  }

  private void spend(List<Charges> charges) {
    Counter counter = registered.counter();
    for (Charges one : charges) {
      counter
          .scope()
          .shareOf(one.attributes())
          .ifPresent(
              share -> {
                Balance balance =
                    book.balance(registered.id(), share, counter.spentCell(one.beganAt()));
                balance.spent = Balance.sum(balance.spent, pico(one.counted()));
              });
    }
  }
}
