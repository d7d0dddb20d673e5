package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copies a session as it was at a version, within one transaction. */
final class Fork {
  private final Settings settings;
  private final SessionRows rows;
  private final Instant now;

  Fork(Settings settings, SessionRows rows, Instant now) {
    this.settings = settings;
    this.rows = rows;
    this.now = now;
  }

  /** Gives the id of the copy. */
  long make(String name, SessionRow origin, long version) {
    Optional<SessionRow> there = rows.session(name);
    if (there.isPresent() && !Moments.isOver(there.get().expiresAt(), now)) {
      throw new SessionException(
          "There is a session \"" + name + "\" already. Fork under another name.", null);
    }
    there.ifPresent(expired -> rows.delete(expired.id()));
    List<EntryRow> all = History.of(rows, origin, now).lookup(version).all();
    long id = Ids.next(rows, now);
    long sum = 0;
    for (EntryRow row : all) {
      sum += copy(id, row);
    }
    SessionRow fresh =
        Heads.expiring(
            Heads.fresh(id, name, now, Ttl.NEVER),
            origin.slide().map(now::plus).or(origin::expiresAt),
            origin.slide());
    rows.put(
        Heads.changed(
            fresh,
            version,
            now,
            new SessionRow.History(version, now, 0),
            new SessionRow.Contents(all.size(), sum)));
    return id;
  }

  private long copy(long session, EntryRow row) {
    RecordId from = Values.id(row);
    RecordId to =
        new RecordId(
            session, row.name(), row.seq(), row.version(), from.atMicros(), from.expiresMicros());
    byte[] record = settings.format().reseal(from, row.record(), to);
    rows.put(
        new EntryRow(
            session,
            row.name(),
            row.seq(),
            row.version(),
            row.at(),
            row.expiresAt(),
            row.slide(),
            record));
    return settings.format().hash(to, record);
  }
}
