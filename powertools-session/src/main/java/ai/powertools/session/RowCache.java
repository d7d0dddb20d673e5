package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.store.Mark;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the last transactions read and wrote, for the next ones, as long as nobody else has
 * written. For the writing thread of the store alone, but for {@link #distrust}.
 */
final class RowCache {
  /** Beyond it everything goes; what is needed again comes back with one read. */
  private static final int MOST_ROWS = 8_192;

  /** Longer ones are not kept. */
  private static final int LONGEST = 4_096;

  private final Map<String, Head> heads = new HashMap<>();
  private final Map<Place, Entry> entries = new HashMap<>();
  private final Map<LogName, Long> last = new HashMap<>();
  private Optional<Mark> mark = Optional.empty();
  private volatile boolean distrusted;

  /** Where an entry stands. */
  record Place(long session, String name, long seq) {}

  /** What is known of a head: also that there is none. */
  record Head(Optional<SessionRow> row) {}

  /** What is known of an entry: also that there is none. */
  record Entry(Optional<EntryRow> row) {}

  /** A log of a session. */
  record LogName(long session, String name) {}

  /** Forgets everything if somebody else has written since, or may have. */
  void begin(Optional<Mark> now) {
    if (distrusted || now.isEmpty() || !now.equals(mark)) {
      distrusted = false;
      clear();
    }
    mark = now;
    if (heads.size() + entries.size() + last.size() > MOST_ROWS) {
      clear();
    }
  }

  void clear() {
    heads.clear();
    entries.clear();
    last.clear();
  }

  /** Has everything forgotten before it is used again: a transaction may not have been kept. */
  void distrust() {
    distrusted = true;
  }

  @Nullable Head head(String name) {
    return heads.get(name);
  }

  @Nullable Entry entry(Place place) {
    return entries.get(place);
  }

  @Nullable Long last(LogName log) {
    return last.get(log);
  }

  void putHead(String name, Optional<SessionRow> head) {
    heads.put(name, new Head(head));
  }

  void putEntry(Place place, Optional<EntryRow> entry) {
    if (entry.isPresent() && entry.get().record().length > LONGEST) {
      entries.remove(place);
    } else {
      entries.put(place, new Entry(entry));
    }
  }

  void putLast(LogName log, long seq) {
    last.put(log, seq);
  }

  /** Where the last one is known: an entry of that number was added. */
  void raiseLast(LogName log, long seq) {
    last.computeIfPresent(log, (known, before) -> Math.max(before, seq));
  }
}
