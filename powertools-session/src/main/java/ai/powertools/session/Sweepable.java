package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Counts what a sweep would remove, and removes nothing. */
final class Sweepable {
  private static final int PAGE = 256;

  private final Settings settings;
  private long sessions;
  private long entries;
  private long past;

  Sweepable(Settings settings) {
    this.settings = settings;
  }

  Swept count() {
    String after = "";
    List<SessionRow> page;
    do {
      page = page(after);
      page.forEach(head -> settings.store().read(rows -> count(rows, head)));
      after = page.isEmpty() ? after : page.get(page.size() - 1).name();
    } while (page.size() == PAGE);
    return new Swept(sessions, entries, past);
  }

  private List<SessionRow> page(String after) {
    return settings.store().read(rows -> rows.sessions(after, PAGE));
  }

  private boolean count(SessionRows rows, SessionRow head) {
    Instant now = Moments.micros(settings.time().instant());
    if (Moments.isOver(head.expiresAt(), now)) {
      sessions++;
      return true;
    }
    countEntries(rows, head, now);
    if (Heads.isIntact(head)) {
      countPast(rows, head, now);
    }
    return true;
  }

  private void countEntries(SessionRows rows, SessionRow head, Instant now) {
    String name = "";
    long seq = Long.MAX_VALUE;
    List<EntryRow> page;
    do {
      page = rows.scan(head.id(), name, seq, PAGE);
      for (EntryRow row : page) {
        entries += Moments.isOver(row.expiresAt(), now) ? 1 : 0;
        name = row.name();
        seq = row.seq();
      }
    } while (page.size() == PAGE);
  }

  private void countPast(SessionRows rows, SessionRow head, Instant now) {
    Optional<Instant> begin = settings.history().begin(now);
    List<Snapshot> snapshots = History.of(rows, head, now).snapshots();
    String name = "";
    long seq = Long.MAX_VALUE;
    long version = Long.MAX_VALUE;
    List<PastRow> page;
    do {
      page = rows.scanPast(head.id(), name, seq, version, PAGE);
      for (PastRow row : page) {
        boolean old = begin.isPresent() && row.untilAt().isBefore(begin.get());
        boolean held = snapshots.stream().anyMatch(one -> row.stoodAt(one.version()));
        past += Moments.isOver(row.entry().expiresAt(), now) || (old && !held) ? 1 : 0;
        name = row.entry().name();
        seq = row.entry().seq();
        version = row.entry().version();
      }
    } while (page.size() == PAGE);
  }
}
