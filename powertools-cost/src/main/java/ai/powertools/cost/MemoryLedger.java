package ai.powertools.cost;

import ai.powertools.core.CancelledException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A ledger of this process, gone with it. Every turn is taken under one lock. */
final class MemoryLedger implements Ledger, Readings {
  private final ReentrantLock lock = new ReentrantLock();
  private final MemoryBook book;
  private final Supplier<List<Limit>> limits;
  private final boolean countsLost;
  private final Consumer<CostEvent> listener;

  MemoryLedger(
      ZoneId zone,
      int mostEntries,
      Supplier<List<Limit>> limits,
      boolean countsLost,
      Consumer<CostEvent> listener) {
    this.book = new MemoryBook(zone, mostEntries);
    this.limits = limits;
    this.countsLost = countsLost;
    this.listener = listener;
  }

  @Override
  public <T> T visibly(Turn<T> turn) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("waiting for the ledger; nothing was reserved", e);
    }
    return locked(turn);
  }

  @Override
  public <T> T surely(Turn<T> turn) {
    lock.lock();
    return locked(turn);
  }

  @Override
  public <T> T certainly(Turn<T> turn) {
    return surely(turn);
  }

  @Override
  public <T> T look(Turn<T> turn) {
    return surely(turn);
  }

  /** Accounting refuses before it changes anything, so that a turn that throws leaves no trace. */
  private <T> T locked(Turn<T> turn) {
    List<CostEvent> events = new ArrayList<>(0);
    T result;
    try {
      result = turn.take(new Accounting(book, limits.get(), countsLost, events::add));
    } finally {
      lock.unlock();
    }
    events.forEach(listener);
    return result;
  }

  @Override
  public boolean sweep(Instant now) {
    return surely(accounting -> accounting.writeOffLapsed(now));
  }

  /** A look costs nothing here. */
  @Override
  public void expectLapse(Instant at) {}

  /** Who could find this process dead would have died with it. */
  @Override
  public void keepAlive(Instant now, Duration lease) {}

  @Override
  public String holder() {
    return "";
  }

  @Override
  public Readings readings() {
    return this;
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {}

  @Override
  public ZoneId zone() {
    return book.zone();
  }

  @Override
  public List<LedgerEntry> ofCall(String callId) {
    return where(entry -> entry.callId().equals(callId)).stream()
        .sorted(Comparator.comparing(LedgerEntry::attempt))
        .toList();
  }

  @Override
  public List<LedgerEntry> ofTrace(String traceId) {
    return where(entry -> entry.traceId().equals(traceId));
  }

  @Override
  public List<LedgerEntry> ofSession(String session) {
    return where(entry -> entry.attributes().orBlank(Attributes.SESSION).equals(session));
  }

  @Override
  public List<LedgerEntry> recent(int most) {
    List<LedgerEntry> all = where(entry -> true);
    List<LedgerEntry> newest =
        new ArrayList<>(all.subList(Math.max(0, all.size() - most), all.size()));
    Collections.reverse(newest);
    return newest;
  }

  /** All in one page: there are no more than fit the memory. */
  @Override
  public Page page(Cursor after, Instant before, int most) {
    List<LedgerEntry> all =
        after.number() == Long.MAX_VALUE
            ? List.of()
            : where(
                entry ->
                    !entry.beganAt().isBefore(after.beganAt()) && entry.beganAt().isBefore(before));
    return new Page(
        all.stream().sorted(Comparator.comparing(LedgerEntry::beganAt)).toList(),
        new Cursor(after.beganAt(), Long.MAX_VALUE));
  }

  @Override
  public List<DayTotals> days(LocalDate first, LocalDate last) {
    lock.lock();
    try {
      return book.entries.days(first, last);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<DayCost> costs(LocalDate first, LocalDate last) {
    return days(first, last).stream()
        .map(day -> new DayCost(day.day(), day.attributes(), day.totals().cost()))
        .toList();
  }

  @Override
  public List<Alert> alerts(int most) {
    lock.lock();
    try {
      List<Alert> newest = new ArrayList<>(book.alerts);
      Collections.reverse(newest);
      return newest.subList(0, Math.min(most, newest.size()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long prune(Instant before) {
    lock.lock();
    try {
      book.forgetSums(before);
      return book.entries.prune(before);
    } finally {
      lock.unlock();
    }
  }

  private List<LedgerEntry> where(Predicate<LedgerEntry> wanted) {
    lock.lock();
    try {
      return book.entries.all().stream().filter(wanted).toList();
    } finally {
      lock.unlock();
    }
  }
}
