package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which versions of a session can be read, within one transaction. */
final class History {
  private final SessionRows rows;
  private final SessionRow head;
  private final Instant now;

  private History(SessionRows rows, SessionRow head, Instant now) {
    this.rows = rows;
    this.head = head;
    this.now = now;
  }

  static History of(SessionRows rows, SessionRow head, Instant now) {
    return new History(rows, Heads.intact(head), now);
  }

  /**
   * The rows at a version.
   *
   * @throws SessionException if it can't be read
   */
  PastLookup lookup(long version) {
    if (version < 0 || version > head.version()) {
      throw new SessionException(
          "Session \"%s\" has no version %d: it is at version %d."
              .formatted(head.name(), version, head.version()),
          null);
    }
    if (version < head.history().from()
        && snapshots().stream().noneMatch(snapshot -> snapshot.version() == version)) {
      throw new SessionException(
          "Version %d of session \"%s\" is not kept any more: what there was before version %d (%s) was thrown away. Keep more with history(…), or take snapshots."
              .formatted(version, head.name(), head.history().from(), head.history().fromAt()),
          null);
    }
    return new PastLookup(rows, head, version, now);
  }

  /** The version that stood at a moment. */
  long versionAt(Instant moment) {
    if (moment.isBefore(head.createdAt())) {
      throw new SessionException(
          "There was no session \"%s\" at %s: it was made at %s."
              .formatted(head.name(), moment, head.createdAt()),
          null);
    }
    if (moment.isBefore(head.history().fromAt())) {
      // Of the versions before, some may be gone: the last one that is left need not be the one.
      throw new SessionException(
          "What session \"%s\" was at %s is not kept any more: what there was before version %d (%s) was thrown away. Keep more with history(…), or read a snapshot by its label."
              .formatted(head.name(), moment, head.history().from(), head.history().fromAt()),
          null);
    }
    // Nothing came after the last change, and a database can't count to the end of time.
    Instant counted = Moments.earlier(moment, head.touchedAt());
    return Math.max(rows.versionAt(head.id(), counted), head.history().from());
  }

  long versionOf(String label) {
    return rows.entry(head.id(), label, Seq.SNAPSHOT)
        .map(EntryRow::version)
        .orElseThrow(
            () ->
                new SessionException(
                    "Session \"%s\" has no snapshot \"%s\"; there are: %s."
                        .formatted(
                            head.name(), label, snapshots().stream().map(Snapshot::label).toList()),
                    null));
  }

  /** Oldest first. */
  List<Snapshot> snapshots() {
    List<Snapshot> found = new ArrayList<>();
    for (String label : rows.names(head.id(), Seq.SNAPSHOT, Seq.SNAPSHOT, now)) {
      rows.entry(head.id(), label, Seq.SNAPSHOT)
          .ifPresent(row -> found.add(new Snapshot(label, row.version(), row.at())));
    }
    found.sort(Comparator.comparingLong(Snapshot::version));
    return found;
  }
}
