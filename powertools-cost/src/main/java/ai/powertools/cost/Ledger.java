package ai.powertools.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where money is kept: memory, or a store that many processes share. Safe for many threads. */
interface Ledger extends AutoCloseable {

  /** What is done at the book in one turn, kept as a whole or not at all. May be run again. */
  @FunctionalInterface
  interface Turn<T> {
    T take(Accounting accounting);

    /** Whose sums it will look at, so that many can be read at once. */
    default Optional<Held> touches() {
      return Optional.empty();
    }
  }

  /** Raises what a call holds, or gives the budget that has no room. */
  record Reserving(Held held, boolean isNew) implements Turn<Optional<BudgetStatus>> {
    @Override
    public Optional<BudgetStatus> take(Accounting accounting) {
      return accounting.reserve(held, isNew);
    }

    @Override
    public Optional<Held> touches() {
      return Optional.of(held);
    }
  }

  /** Adds an entry; gives it as it is kept. */
  record Settling(LedgerEntry entry, Optional<Held> touches, boolean last)
      implements Turn<LedgerEntry> {
    @Override
    public LedgerEntry take(Accounting accounting) {
      return accounting.settle(entry, touches, last);
    }
  }

  /** Gives back what a call holds. */
  record Releasing(Held held) implements Turn<Boolean> {
    @Override
    public Boolean take(Accounting accounting) {
      accounting.release(held);
      return true;
    }

    @Override
    public Optional<Held> touches() {
      return Optional.of(held);
    }
  }

  /**
   * Keeps it so that everybody sees it when the call returns. An interrupt while it waits withdraws
   * it.
   *
   * @throws ai.powertools.core.CancelledException if it was withdrawn
   */
  <T> T visibly(Turn<T> turn);

  /** Keeps it durably, whatever comes: an interrupt does not withdraw what has been spent. */
  <T> T surely(Turn<T> turn);

  /** Keeps it so that everybody sees it, whatever comes. */
  <T> T certainly(Turn<T> turn);

  /** Only looks. */
  <T> T look(Turn<T> turn);

  /** Writes off what has lapsed; whether there was anything, which costs no more than a look. */
  boolean sweep(Instant now);

  /** Something will lapse then, if it is not closed before. */
  void expectLapse(Instant at);

  /** Says that this tracker is alive, so that what its calls hold does not lapse. */
  void keepAlive(Instant now, Duration lease);

  /** The tracker that what is held belongs to. */
  String holder();

  Readings readings();

  /** Where it lies, for messages. */
  String location();

  @Override
  void close();
}
