package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds the rows of a session as it was at one version, within one transaction. */
final class PastLookup {
  private static final int PAGE = 512;

  private final SessionRows rows;
  private final SessionRow head;
  private final long version;
  private final Instant now;

  PastLookup(SessionRows rows, SessionRow head, long version, Instant now) {
    this.rows = rows;
    this.head = head;
    this.version = version;
    this.now = now;
  }

  Optional<EntryRow> value(String key) {
    return rows.entry(head.id(), key, Seq.VALUE)
        .filter(this::stands)
        .or(
            () ->
                rows.past(head.id(), key, version).stream()
                    .map(PastRow::entry)
                    .filter(row -> row.seq() == Seq.VALUE)
                    .findFirst())
        .filter(this::lives);
  }

  /** Oldest first. */
  List<EntryRow> log(String log) {
    List<EntryRow> found = new ArrayList<>();
    long from = Seq.FIRST;
    List<EntryRow> page;
    do {
      page = rows.entries(head.id(), log, from, Long.MAX_VALUE, PAGE, false);
      page.stream().filter(this::stands).forEach(found::add);
      from = page.isEmpty() ? from : page.get(page.size() - 1).seq() + 1;
    } while (page.size() == PAGE);
    rows.past(head.id(), log, version).stream()
        .map(PastRow::entry)
        .filter(row -> row.seq() >= Seq.FIRST)
        .forEach(found::add);
    found.removeIf(row -> !lives(row));
    found.sort(Comparator.comparingLong(EntryRow::seq));
    return found;
  }

  /** Everything that stood then, by name and number: values, logs, ends of logs. */
  List<EntryRow> all() {
    Map<Place, EntryRow> found = new TreeMap<>();
    each(row -> found.put(new Place(row.name(), row.seq()), row));
    return List.copyOf(found.values());
  }

  /** Where an entry stands in its session. */
  record Place(String name, long seq) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : Long.compare(seq, other.seq);
    }
  }

  private void each(Consumer<EntryRow> each) {
    String name = "";
    long seq = Long.MAX_VALUE;
    List<EntryRow> page;
    do {
      page = rows.scan(head.id(), name, seq, PAGE);
      page.stream().filter(this::stands).filter(this::lives).forEach(each);
      if (!page.isEmpty()) {
        name = page.get(page.size() - 1).name();
        seq = page.get(page.size() - 1).seq();
      }
    } while (page.size() == PAGE);
    eachPast(each);
  }

  private void eachPast(Consumer<EntryRow> each) {
    String name = "";
    long seq = Long.MAX_VALUE;
    long from = Long.MAX_VALUE;
    List<PastRow> page;
    do {
      page = rows.scanPast(head.id(), name, seq, from, PAGE);
      page.stream()
          .filter(past -> past.stoodAt(version))
          .map(PastRow::entry)
          .filter(row -> row.seq() != Seq.SNAPSHOT)
          .filter(this::lives)
          .forEach(each);
      if (!page.isEmpty()) {
        EntryRow last = page.get(page.size() - 1).entry();
        name = last.name();
        seq = last.seq();
        from = last.version();
      }
    } while (page.size() == PAGE);
  }

  private boolean stands(EntryRow row) {
    return row.version() <= version && row.seq() != Seq.SNAPSHOT;
  }

  private boolean lives(EntryRow row) {
    return !Moments.isOver(row.expiresAt(), now);
  }
}
