package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts sessions into a place, in one transaction. */
final class RestoreRun {
  /**
   * So far a lock's token is raised: those that were given out after the backup was taken must not
   * be given out again, and nobody knows how many there were.
   */
  static final long TOKENS = 1L << 20;

  private final Settings settings;
  private final Map<String, RestorePlan.Source> sources = new LinkedHashMap<>();
  private final boolean replacing;

  RestoreRun(
      Settings settings,
      List<RestorePlan.Source> sources,
      UnaryOperator<String> names,
      boolean replacing) {
    this.settings = settings;
    this.replacing = replacing;
    for (RestorePlan.Source source : sources) {
      String name = Names.check("A session", names.apply(source.name()));
      if (this.sources.put(name, source) != null) {
        throw new SessionException(
            "Two sessions of the backup would be named \"%s\". Nothing was restored. Give each a name of its own (as(…))."
                .formatted(name),
            null);
      }
    }
  }

  private record Done(List<SessionChange> changes, long entries) {}

  Restored run(Map<String, byte[]> shared) {
    Done done = settings.store().write(rows -> run(rows, shared));
    done.changes().forEach(settings.listeners()::tell);
    return new Restored(
        done.changes().stream().map(SessionChange::session).toList(), done.entries());
  }

  private Done run(SessionRows rows, Map<String, byte[]> shared) {
    Instant now = Moments.micros(settings.time().instant());
    refuseThoseThere(rows, now);
    shared.forEach((name, value) -> share(rows, name, value));
    List<SessionChange> changes = new ArrayList<>();
    long entries = 0;
    for (Map.Entry<String, RestorePlan.Source> one : sources.entrySet()) {
      SessionImage image = one.getValue().image();
      SessionRow head = put(rows, one.getKey(), image, now);
      changes.add(new SessionChange(head.name(), head.version(), now, List.of()));
      entries += image.entries().size() + image.past().size();
    }
    return new Done(changes, entries);
  }

  private void refuseThoseThere(SessionRows rows, Instant now) {
    List<String> there =
        sources.keySet().stream()
            .filter(
                name ->
                    rows.session(name)
                        .filter(head -> !Moments.isOver(head.expiresAt(), now))
                        .isPresent())
            .toList();
    if (!there.isEmpty() && !replacing) {
      throw new SessionException(
          "There is a session \"%s\" already%s. Nothing was restored. Replace what is there (replacing()), restore others (only(…)), or give other names (as(…))."
              .formatted(
                  there.get(0),
                  there.size() == 1 ? "" : ", and %d more".formatted(there.size() - 1)),
          null);
    }
  }

  private static void share(SessionRows rows, String name, byte[] value) {
    Optional<byte[]> there = rows.shared(name);
    if (there.isEmpty()) {
      rows.putShared(name, value);
    } else if (name.equals(Dictionaries.CURRENT)) {
      return; // what to write with is for the place to say
    } else if (!Arrays.equals(there.get(), value)) {
      throw new SessionException(
          "The place has another \"%s\" than the backup, and records of one can't be read with that of the other. Nothing was restored. Restore into an empty place."
              .formatted(name),
          null);
    }
  }

  private SessionRow put(SessionRows rows, String name, SessionImage image, Instant now) {
    Optional<SessionRow> there = rows.session(name);
    there.ifPresent(old -> rows.delete(old.id()));
    SessionRow head = image.head();
    long id = rows.sessionOf(head.id()).isEmpty() ? head.id() : Ids.next(rows, now);
    SessionImage moved = id == head.id() ? image : moved(image, id);
    moved.entries().forEach(rows::put);
    moved.past().forEach(rows::keep);
    SessionRow placed = placed(moved.head(), name, there.filter(Heads::isIntact), now);
    rows.put(placed);
    return placed;
  }

  /**
   * The head in its new place. The versions of a session that is replaced by an older state of
   * itself go on: who saw it before sees that it is another.
   */
  private static SessionRow placed(
      SessionRow head, String name, Optional<SessionRow> there, Instant now) {
    Optional<SessionRow> itself = there.filter(old -> old.id() == head.id());
    long fence = Math.max(head.lock().fence(), there.map(old -> old.lock().fence()).orElse(0L));
    long version =
        itself.map(old -> Math.max(old.version(), head.version()) + 1).orElse(head.version());
    return Heads.changed(
        new SessionRow(
            head.id(),
            name,
            head.createdAt(),
            head.touchedAt(),
            version,
            new SessionRow.Lock(fence + TOKENS, "", Optional.empty()),
            head.expiresAt(),
            head.slide(),
            head.history(),
            head.contents(),
            0),
        version,
        itself.isPresent() ? Moments.later(now, head.touchedAt()) : head.touchedAt(),
        head.history(),
        head.contents());
  }

  /** With another id, under which each record is written anew. */
  private SessionImage moved(SessionImage image, long id) {
    List<EntryRow> entries = image.entries().stream().map(row -> moved(row, id)).toList();
    List<PastRow> past =
        image.past().stream()
            .filter(PastRow::isIntact) // what was damaged already must not look whole
            .map(row -> new PastRow(moved(row.entry(), id), row.until(), row.untilAt()))
            .toList();
    SessionRow head = image.head();
    return new SessionImage(
        new SessionRow(
            id,
            head.name(),
            head.createdAt(),
            head.touchedAt(),
            head.version(),
            head.lock(),
            head.expiresAt(),
            head.slide(),
            head.history(),
            SessionImage.contents(entries, settings.format()),
            0),
        entries,
        past);
  }

  private EntryRow moved(EntryRow row, long id) {
    RecordId from = Values.id(row);
    RecordId to =
        new RecordId(
            id, row.name(), row.seq(), row.version(), from.atMicros(), from.expiresMicros());
    return new EntryRow(
        id,
        row.name(),
        row.seq(),
        row.version(),
        row.at(),
        row.expiresAt(),
        row.slide(),
        settings.format().reseal(from, row.record(), to));
  }
}
