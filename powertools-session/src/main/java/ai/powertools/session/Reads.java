package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionStore.FoundValue;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads one session, and has it written down when that prolongs what slides. */
final class Reads {
  private final Settings settings;
  private final String name;
  private final long id;
  private final Writes writes;

  Reads(Settings settings, String name, long id, Writes writes) {
    this.settings = settings;
    this.name = name;
    this.id = id;
    this.writes = writes;
  }

  /** The head now. */
  SessionRow head() {
    Instant now = settings.time().instant();
    return settings.store().read(rows -> Heads.intact(Access.existing(rows, name, id, now)));
  }

  /** The version now; empty when the session is gone. */
  OptionalLong version() {
    Instant now = settings.time().instant();
    return settings
        .store()
        .read(rows -> rows.session(name))
        .filter(head -> head.id() == id && !Moments.isOver(head.expiresAt(), now))
        .map(head -> OptionalLong.of(head.version()))
        .orElse(OptionalLong.empty());
  }

  /** One value, as it is now. */
  Optional<EntryRow> value(String key) {
    Instant now = settings.time().instant();
    Optional<FoundValue> found = settings.store().find(name, key);
    SessionRow head = Heads.intact(Access.existing(found.map(FoundValue::session), name, id, now));
    Optional<EntryRow> row =
        found.flatMap(FoundValue::entry).filter(entry -> !Moments.isOver(entry.expiresAt(), now));
    if (Ttl.isDue(head.expiresAt(), head.slide(), now)
        || row.filter(entry -> Ttl.isDue(entry.expiresAt(), entry.slide(), now)).isPresent()) {
      writes.use(Optional.of(key));
    }
    return row;
  }

  /** What there is now. */
  <T> T now(Function<Lookup, T> question) {
    Instant now = settings.time().instant();
    boolean[] due = new boolean[1];
    T result =
        settings
            .store()
            .read(
                rows -> {
                  SessionRow head = Heads.intact(Access.existing(rows, name, id, now));
                  due[0] = Ttl.isDue(head.expiresAt(), head.slide(), now);
                  return question.apply(new Lookup(rows, head, now));
                });
    if (due[0]) {
      writes.use(Optional.empty());
    }
    return result;
  }

  /** What there was. */
  <T> T past(Function<History, T> question) {
    Instant now = settings.time().instant();
    return settings
        .store()
        .read(rows -> question.apply(History.of(rows, Access.existing(rows, name, id, now), now)));
  }
}
