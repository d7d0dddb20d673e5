package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the rows of a session as it is now, within one transaction, but for what has expired. */
final class Lookup {
  /** So many rows are fetched at a time where there may be more than are asked for. */
  private static final int PAGE = 512;

  private final SessionRows rows;
  private final SessionRow head;
  private final Instant now;

  Lookup(SessionRows rows, SessionRow head, Instant now) {
    this.rows = rows;
    this.head = head;
    this.now = now;
  }

  Optional<EntryRow> value(String key) {
    return rows.entry(head.id(), key, Seq.VALUE).filter(this::lives);
  }

  /** Oldest first. */
  List<EntryRow> last(String log, int count) {
    List<EntryRow> found = fetch(log, Seq.FIRST, Long.MAX_VALUE, count, true);
    Collections.reverse(found);
    return found;
  }

  List<EntryRow> page(String log, long from, int count) {
    return fetch(log, Math.max(from, Seq.FIRST), Long.MAX_VALUE, count, false);
  }

  List<String> keys() {
    return sorted(rows.names(head.id(), Seq.VALUE, Seq.VALUE, now));
  }

  List<String> logs() {
    return sorted(rows.names(head.id(), Seq.FIRST, Long.MAX_VALUE, now));
  }

  long size(String log) {
    return rows.count(head.id(), log, now);
  }

  private List<EntryRow> fetch(String log, long from, long to, int count, boolean newestFirst) {
    List<EntryRow> found = new ArrayList<>();
    long low = from;
    long high = to;
    while (found.size() < count) {
      int limit = Math.min(count - found.size(), PAGE);
      List<EntryRow> page = rows.entries(head.id(), log, low, high, limit, newestFirst);
      page.stream().filter(this::lives).forEach(found::add);
      if (page.size() < limit) {
        break;
      }
      long last = page.get(page.size() - 1).seq();
      if (newestFirst) {
        high = last - 1;
      } else {
        low = last + 1;
      }
    }
    return found;
  }

  private boolean lives(EntryRow row) {
    return !Moments.isOver(row.expiresAt(), now);
  }

  /** Here, since databases sort by the rules of their own country. */
  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }
}
