package ai.powertools.cost;

import ai.powertools.models.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What can be read from a ledger. */
interface Readings {

  /** By whose calendar its days are. */
  ZoneId zone();

  /** The attempts of one call, in order. */
  List<LedgerEntry> ofCall(String callId);

  /** The attempts that share a trace id, in the order they were recorded. */
  List<LedgerEntry> ofTrace(String traceId);

  /** The attempts of one conversation, in the order they were recorded. */
  List<LedgerEntry> ofSession(String session);

  /** The attempts that were recorded last, newest first. */
  List<LedgerEntry> recent(int most);

  /**
   * The next entries of calls that began before the end, in the order in which they began.
   *
   * @param after where the last page ended
   */
  Page page(Cursor after, Instant before, int most);

  /**
   * A place between two entries.
   *
   * @param beganAt when the call of the entry before it began
   * @param number of that entry
   */
  record Cursor(Instant beganAt, long number) {
    /** Before the first entry of a call that began then. */
    static Cursor at(Instant from) {
      return new Cursor(from, -1);
    }
  }

  /**
   * Some entries.
   *
   * @param entries empty when there are no more
   * @param end where the next page goes on
   */
  record Page(List<LedgerEntry> entries, Cursor end) {
    /** Copies the list. */
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** The sums of the days from the first to the last, both included. */
  List<DayTotals> days(LocalDate first, LocalDate last);

  /** What those days cost, and nothing else of them, which is read much sooner. */
  List<DayCost> costs(LocalDate first, LocalDate last);

  /**
   * What the attempts of one day cost that share all their attributes but the session.
   *
   * @param day by the ledger's calendar
   * @param attributes theirs
   * @param cost what is known or estimated of it
   */
  record DayCost(LocalDate day, Attributes attributes, Usd cost) {}

  /** All alerts that came, newest first. */
  List<Alert> alerts(int most);

  /**
   * Forgets the entries of calls that began before that moment; what they come to stays.
   *
   * @return how many
   */
  long prune(Instant before);
}
