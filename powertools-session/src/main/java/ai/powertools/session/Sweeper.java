package ai.powertools.session;

import ai.powertools.core.Time;
import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Removes what has expired, a few hundred rows at a time, so that others get their turn. */
final class Sweeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final int BATCH = 256;

  private final Settings settings;
  private final Optional<Duration> every;
  private boolean closed;
  private Time.@Nullable Timer next;

  Sweeper(Settings settings, Optional<Duration> every) {
    this.settings = settings;
    this.every = every;
    plan();
  }

  Swept sweep() {
    long sessions = repeat(this::sweepSessions);
    long entries = repeat(this::sweepEntries);
    long past = 0;
    String session = "";
    while (true) {
      List<SessionRow> heads = page(session);
      for (SessionRow head : heads) {
        past += sweepPast(head);
      }
      if (heads.size() < BATCH) {
        return new Swept(sessions, entries, past);
      }
      session = heads.get(heads.size() - 1).name();
    }
  }

  private List<SessionRow> page(String after) {
    return settings.store().read(rows -> rows.sessions(after, BATCH));
  }

  private interface Step {
    int run(SessionRows rows, Instant now);
  }

  private long repeat(Step step) {
    long all = 0;
    int some;
    do {
      some = settings.store().write(rows -> step.run(rows, now()));
      all += some;
    } while (some == BATCH);
    return all;
  }

  private int sweepSessions(SessionRows rows, Instant now) {
    List<SessionRow> expired = rows.expiredSessions(now, BATCH);
    expired.forEach(head -> rows.delete(head.id()));
    return expired.size();
  }

  private int sweepEntries(SessionRows rows, Instant now) {
    List<EntryRow> expired = rows.expiredEntries(now, BATCH);
    for (EntryRow row : expired) {
      sweepEntry(rows, row, now);
    }
    return expired.size();
  }

  /** One by one, each as a change of its session, which counts what is in it. */
  private void sweepEntry(SessionRows rows, EntryRow row, Instant now) {
    Optional<SessionRow> found = rows.sessionOf(row.session()).filter(Heads::isIntact);
    if (found.isEmpty()) {
      rows.remove(row.session(), row.name(), row.seq()); // nobody's
      return;
    }
    Change change = new Change(settings, rows, found.get(), found.get(), now);
    Editor editor = new Editor(settings, change);
    long end = row.seq() >= Seq.FIRST ? end(editor, row.name()) : 0;
    change.remove(row);
    if (end == row.seq() && end > 0) {
      editor.setEnd(row.name(), end);
    }
    change.finish();
  }

  /** 0 where what says it can't be read: it is left as it is, and the others are swept. */
  private static long end(Editor editor, String log) {
    try {
      return editor.end(log);
    } catch (SessionException e) {
      return 0;
    }
  }

  private long sweepPast(SessionRow head) {
    Optional<Instant> begin = settings.history().begin(now());
    String name = "";
    long seq = Long.MAX_VALUE;
    long version = Long.MAX_VALUE;
    long all = 0;
    while (true) {
      List<PastRow> page = pageOfPast(head, name, seq, version);
      List<PastRow> old =
          page.stream()
              .filter(
                  row ->
                      Moments.isOver(row.entry().expiresAt(), now())
                          || (begin.isPresent() && row.untilAt().isBefore(begin.get())))
              .toList();
      if (!old.isEmpty()) {
        all += settings.store().write(rows -> forget(rows, head, old));
      }
      if (page.size() < BATCH) {
        return all;
      }
      EntryRow last = page.get(page.size() - 1).entry();
      name = last.name();
      seq = last.seq();
      version = last.version();
    }
  }

  private List<PastRow> pageOfPast(SessionRow head, String name, long seq, long version) {
    return settings.store().read(rows -> rows.scanPast(head.id(), name, seq, version, BATCH));
  }

  private long forget(SessionRows rows, SessionRow old, List<PastRow> some) {
    Instant now = now();
    Optional<SessionRow> found = rows.sessionOf(old.id()).filter(Heads::isIntact);
    if (found.isEmpty()) {
      return 0;
    }
    SessionRow head = found.get();
    List<Snapshot> snapshots = History.of(rows, head, now).snapshots();
    long gone = 0;
    SessionRow.History history = head.history();
    for (PastRow row : some) {
      boolean expired = Moments.isOver(row.entry().expiresAt(), now);
      if (expired || snapshots.stream().noneMatch(one -> row.stoodAt(one.version()))) {
        rows.forget(row);
        gone++;
        if (!expired && row.until() > history.from()) {
          history = new SessionRow.History(row.until(), row.untilAt(), history.snapshot());
        }
      }
    }
    if (!history.equals(head.history())) {
      rows.put(Heads.changed(head, head.version(), head.touchedAt(), history, head.contents()));
    }
    return gone;
  }

  private Instant now() {
    return Moments.micros(settings.time().instant());
  }

  private synchronized void plan() {
    if (!closed && every.isPresent()) {
      next = settings.time().after(every.get(), this::start);
    }
  }

  /** On a thread of its own: the timer's is shared, and this waits for the disk. */
  private void start() {
    Thread thread =
        new Thread(
            () -> {
              try {
                sweep();
              } catch (RuntimeException e) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "Could not sweep the sessions in " + settings.store().location() + ".",
                    e);
              }
              plan();
            },
            "powertools-session sweeps " + settings.store().location());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel();
    }
  }
}
