package ai.powertools.cost;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What decisions about money are made on, in the hands of one caller at a time: a transaction of a
 * store, or memory under a lock.
 */
interface Book {

  /** A counter of the ledger, whoever asked for it. */
  record Registered(long id, Counter counter) {}

  /** All counters that sums are kept for. */
  Collection<Registered> counters();

  /** One of them; empty when no sums are kept for it yet. */
  Optional<Registered> find(Counter counter);

  /**
   * Begins to keep sums for a counter. From what the ledger has they are worked out for the window
   * of {@code now}, and of every call in flight.
   */
  void register(Counter counter, Instant now);

  /** Works out the same for this turn only, and keeps nothing. */
  void preview(Counter counter, Instant now);

  /** A sum, to be changed in place. One that nobody has touched is zero. */
  Balance balance(long counter, String share, long cell);

  /** What the sums from that cell on have spent together, in pico-dollars. */
  long spentFrom(long counter, String share, long firstCell);

  /** The shares that have a sum in that cell or a later one, or hold something. */
  List<String> shares(long counter, long firstCell);

  /** Adds what a call holds; false when it holds something already, which then stays. */
  boolean hold(Held held);

  /** What the call holds. */
  Optional<Held> held(String callId, int firstAttempt);

  /** Puts it in the place of what the call holds. */
  void replace(Held held);

  /** Lets it go; what was held, zero when nothing was. */
  long drop(String callId, int firstAttempt);

  /** What has lapsed by then, the one that lapsed first in front. */
  List<Lapsed> lapsed(Instant now);

  /**
   * Something that has lapsed.
   *
   * @param held what was held
   * @param at since when
   */
  record Lapsed(Held held, Instant at) {}

  /** Adds an entry; false when there is one of that call and attempt, which then stays. */
  boolean add(LedgerEntry entry);

  /** The entry of that call and attempt. */
  Optional<LedgerEntry> entry(String callId, int attempt);

  /** Takes an entry out again, and out of all sums but those of the counters. */
  void strike(LedgerEntry entry);

  /** Keeps an alert of a budget that counts so; false when it is there already. */
  boolean alert(Counter counter, CostEvent.ThresholdReached alert);

  /** Forgets the sums of windows that ended before then and hold nothing. */
  void forgetSums(Instant before);
}
