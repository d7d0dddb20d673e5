package ai.powertools.session;

import ai.powertools.session.spi.SessionRow;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Runs the transactions that change one session, under one token. */
final class Writes {
  private final Settings settings;
  private final String name;
  private final long id;
  private final long token;

  Writes(Settings settings, String name, long id, long token) {
    this.settings = settings;
    this.name = name;
    this.id = id;
    this.token = token;
  }

  private record Outcome<T>(T result, Optional<SessionChange> change) {}

  <T> T run(Function<Editor, T> work) {
    long start = settings.time().nanos();
    boolean kept = false;
    Outcome<T> outcome;
    try {
      outcome =
          settings
              .store()
              .write(
                  rows -> {
                    Instant now = Moments.micros(settings.time().instant());
                    SessionRow head = Heads.intact(Access.existing(rows, name, id, now));
                    SessionRow mine = Locks.admit(head, token, now);
                    Change change = new Change(settings, rows, head, mine, now);
                    change.use();
                    Editor editor = new Editor(settings, change);
                    T result;
                    try {
                      result = work.apply(editor);
                    } finally {
                      editor.end();
                    }
                    change.finish();
                    return new Outcome<>(result, change.told());
                  });
      kept = true;
    } finally {
      settings.meter().wrote(name, settings.time().since(start), kept);
    }
    outcome.change().ifPresent(settings.listeners()::tell);
    return outcome.result();
  }

  /** Writes down that something that slides was read. */
  void use(Optional<String> key) {
    settings
        .store()
        .write(
            rows -> {
              Instant now = Moments.micros(settings.time().instant());
              SessionRow head = Heads.intact(Access.existing(rows, name, id, now));
              Change change = new Change(settings, rows, head, head, now);
              change.use();
              key.flatMap(new Lookup(rows, head, now)::value)
                  .filter(row -> Ttl.isDue(row.expiresAt(), row.slide(), now))
                  .ifPresent(row -> change.expire(row, row.slide().map(now::plus), row.slide()));
              change.finish();
              return true;
            });
  }
}
