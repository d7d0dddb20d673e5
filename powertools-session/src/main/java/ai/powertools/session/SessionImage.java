package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A session as backups hold it: all of its rows.
 *
 * @param head its head
 * @param entries what stands
 * @param past what does no longer
 */
record SessionImage(SessionRow head, List<EntryRow> entries, List<PastRow> past) {

  /** The highest version that came to be no later than that, as far as the rows tell. */
  long versionAt(Instant moment) {
    long version = 0;
    for (EntryRow row : entries) {
      version = row.at().isAfter(moment) ? version : Math.max(version, row.version());
    }
    for (PastRow row : past) {
      if (!row.untilAt().isAfter(moment)) {
        version = Math.max(version, row.until());
      } else if (!row.entry().at().isAfter(moment)) {
        version = Math.max(version, row.entry().version());
      }
    }
    return version;
  }

  /** Snapshots by their rows. */
  List<EntryRow> snapshots() {
    return entries.stream().filter(row -> row.seq() == Seq.SNAPSHOT).toList();
  }

  /**
   * As it was at a moment.
   *
   * @return empty when that is not known: what stood then was thrown away
   */
  Optional<SessionImage> at(Instant moment, RecordFormat format) {
    SessionRow.History history = head.history();
    if (!moment.isBefore(history.fromAt())) {
      long version = Math.max(versionAt(moment), history.from());
      return Optional.of(at(version, moment, row -> true, format));
    }
    return snapshots().stream()
        .filter(row -> row.at().equals(moment))
        .findFirst()
        .map(row -> at(row.version(), moment, one -> one.version() == row.version(), format));
  }

  /**
   * @param snapshots those that can still be read then
   */
  private SessionImage at(
      long version, Instant moment, Predicate<EntryRow> snapshots, RecordFormat format) {
    boolean bySnapshot = version < head.history().from();
    List<EntryRow> stood = new ArrayList<>();
    entries.stream().filter(row -> row.version() <= version).forEach(stood::add);
    past.stream().filter(row -> row.stoodAt(version)).map(PastRow::entry).forEach(stood::add);
    stood.removeIf(row -> row.seq() == Seq.SNAPSHOT && !snapshots.test(row));
    List<PastRow> before =
        bySnapshot ? List.of() : past.stream().filter(row -> row.until() <= version).toList();
    long newest =
        stood.stream()
            .filter(row -> row.seq() == Seq.SNAPSHOT)
            .mapToLong(EntryRow::version)
            .max()
            .orElse(0);
    SessionRow.History history =
        bySnapshot
            ? new SessionRow.History(version, moment, newest)
            : new SessionRow.History(head.history().from(), head.history().fromAt(), newest);
    return new SessionImage(
        Heads.changed(head, version, touched(stood, before), history, contents(stood, format)),
        stood,
        before);
  }

  private Instant touched(List<EntryRow> stood, List<PastRow> before) {
    Instant touched = head.createdAt();
    for (EntryRow row : stood) {
      touched = Moments.later(touched, row.at());
    }
    for (PastRow row : before) {
      touched = Moments.later(touched, row.untilAt());
    }
    return touched;
  }

  static SessionRow.Contents contents(Collection<EntryRow> entries, RecordFormat format) {
    long sum = 0;
    for (EntryRow row : entries) {
      sum += format.hash(Values.id(row), row.record());
    }
    return new SessionRow.Contents(entries.size(), sum);
  }
}
