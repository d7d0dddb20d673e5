package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Takes what is damaged out of one session, within one transaction, and counts the rest anew. */
final class Repair {
  private static final int PAGE = 256;

  private final Settings settings;
  private final SessionRows rows;
  private final Predicate<EntryRow> which;
  private final Instant now;

  /**
   * @param which of the damaged ones are put aside
   */
  Repair(Settings settings, SessionRows rows, Predicate<EntryRow> which) {
    this.settings = settings;
    this.rows = rows;
    this.which = which;
    this.now = Moments.micros(settings.time().instant());
  }

  /** What was done, and to which head; empty when there is no such session, or nothing to do. */
  record Done(SetAside aside, SessionRow head) {}

  Optional<Done> run(String session) {
    Optional<SessionRow> found = rows.session(session);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    SessionRow head = found.get();
    List<EntryRow> entries = entries(head.id());
    List<PastRow> past = past(head.id());
    List<EntryRow> damaged = entries.stream().filter(this::isToGo).toList();
    List<PastRow> damagedPast = past.stream().filter(this::isToGo).toList();
    boolean fits =
        Heads.isIntact(head)
            && SessionImage.contents(entries, settings.format()).equals(head.contents());
    if (fits && damaged.isEmpty() && damagedPast.isEmpty()) {
      return Optional.empty();
    }
    damaged.forEach(this::putAside);
    damagedPast.forEach(this::putAside);
    SessionRow base = Heads.isIntact(head) ? head : RebuiltHead.of(head, entries, past, now);
    SessionRow after = counted(base, damaged);
    rows.put(after);
    return Optional.of(new Done(new SetAside(damaged.size() + damagedPast.size(), 1), after));
  }

  private boolean isToGo(EntryRow row) {
    return which.test(row) && !check(row).isIntact();
  }

  private boolean isToGo(PastRow row) {
    return which.test(row.entry()) && (!row.isIntact() || !check(row.entry()).isIntact());
  }

  private RecordCheck check(EntryRow row) {
    return settings.format().check(Values.id(row), row.record());
  }

  private String problem(EntryRow row) {
    return check(row).problem().orElse("none");
  }

  private void putAside(EntryRow row) {
    rows.setAside(row, problem(row));
    rows.remove(row.session(), row.name(), row.seq());
  }

  private void putAside(PastRow row) {
    rows.setAside(
        row.entry(), "of the past, until version " + row.until() + ": " + problem(row.entry()));
    rows.forget(row);
  }

  /** A version more, so that those who saw the session before notice; and what is left, counted. */
  private SessionRow counted(SessionRow head, List<EntryRow> gone) {
    long version = head.version() + 1;
    Instant at = Moments.later(now, head.touchedAt());
    Map<String, Long> ends = new TreeMap<>();
    gone.stream()
        .filter(row -> row.seq() >= Seq.FIRST)
        .forEach(row -> ends.merge(row.name(), row.seq(), Math::max));
    ends.forEach((log, end) -> keepEnd(head, version, at, log, end));
    List<EntryRow> left = entries(head.id());
    long snapshot =
        left.stream()
            .filter(row -> row.seq() == Seq.SNAPSHOT)
            .mapToLong(EntryRow::version)
            .max()
            .orElse(0);
    return Heads.changed(
        head,
        version,
        at,
        new SessionRow.History(head.history().from(), head.history().fromAt(), snapshot),
        SessionImage.contents(left, settings.format()));
  }

  /** The numbers of entries that were last in their log must not be given again. */
  private void keepEnd(SessionRow head, long version, Instant at, String log, long end) {
    if (rows.last(head.id(), log) > end) {
      return;
    }
    if (knownEnd(head, log) > end) {
      return;
    }
    RecordId id =
        new RecordId(
            head.id(), log, Seq.END, version, Moments.number(at), Moments.number(Optional.empty()));
    byte[] record =
        settings.format().seal(id, settings.format().prepare(end, Names.where(head.name(), log)));
    rows.put(
        new EntryRow(
            head.id(), log, Seq.END, version, at, Optional.empty(), Optional.empty(), record));
  }

  /** What the log's own row says, if it can be read. */
  private long knownEnd(SessionRow head, String log) {
    return rows.entry(head.id(), log, Seq.END)
        .filter(row -> check(row).isIntact())
        .map(row -> new Values(settings.format(), head.name()).value(row, TypeOf.of(Long.class)))
        .orElse(0L);
  }

  private List<EntryRow> entries(long session) {
    List<EntryRow> all = new ArrayList<>();
    String name = "";
    long seq = Long.MAX_VALUE;
    List<EntryRow> page;
    do {
      page = rows.scan(session, name, seq, PAGE);
      all.addAll(page);
      if (!page.isEmpty()) {
        name = page.get(page.size() - 1).name();
        seq = page.get(page.size() - 1).seq();
      }
    } while (page.size() == PAGE);
    return all;
  }

  private List<PastRow> past(long session) {
    List<PastRow> all = new ArrayList<>();
    String name = "";
    long seq = Long.MAX_VALUE;
    long version = Long.MAX_VALUE;
    List<PastRow> page;
    do {
      page = rows.scanPast(session, name, seq, version, PAGE);
      all.addAll(page);
      if (!page.isEmpty()) {
        EntryRow last = page.get(page.size() - 1).entry();
        name = last.name();
        seq = last.seq();
        version = last.version();
      }
    } while (page.size() == PAGE);
    return all;
  }
}
