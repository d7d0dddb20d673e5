package ai.powertools.session;

import ai.powertools.core.Time;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionStore;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * All sessions of one place. Safe for use by many threads, and by many processes on the same SQLite
 * file or PostgreSQL database. Closing it closes the place only where it was opened by it.
 */
public final class Sessions implements AutoCloseable {
  private static final int PAGE = 512;

  private final Settings settings;
  private final Sweeper sweeper;

  Sessions(Settings settings, Sweeper sweeper) {
    this.settings = settings;
    this.sweeper = sweeper;
  }

  /** Sessions in one SQLite file, made if it is not there, readable by its owner alone. */
  public static Sessions at(Path file) {
    return builder().at(file).open();
  }

  /** Sessions in a PostgreSQL database, to be shared by many machines. */
  public static Sessions postgres(DataSource dataSource) {
    return builder().postgres(dataSource).open();
  }

  /** Sessions that end with the process: for tests and for trying out. */
  public static Sessions inMemory() {
    return builder().inMemory().open();
  }

  /** Sessions in a store that others use too, and that the caller closes. */
  public static Sessions on(Store store) {
    return builder().on(store).open();
  }

  /** The same, with a clock of one's own. */
  public static Sessions on(Store store, Time time) {
    return builder().on(store).time(time).open();
  }

  /** Where they are kept, and everything else that may be chosen. */
  public static SessionsBuilder builder() {
    return new SessionsBuilder();
  }

  /**
   * The session of that name, made durably if there is none; for ever, unless it is told to {@link
   * Session#expire(Ttl)}.
   *
   * @throws IllegalArgumentException if the name is blank, longer than 200 characters, or has
   *     U+0000 or half of a character in it
   */
  public Session open(String name) {
    return open(name, Ttl.NEVER);
  }

  /** The same; a session that is made lives for that time. */
  public Session open(String name, Ttl ttl) {
    Names.check("A session", name);
    Optional<Session> there = find(name); // the common case needs no write
    return there.orElseGet(() -> make(name, ttl));
  }

  private Session make(String name, Ttl ttl) {
    long id =
        store()
            .write(
                rows -> {
                  Instant now = now();
                  Optional<SessionRow> found = rows.session(name);
                  if (found.isPresent() && !Moments.isOver(found.get().expiresAt(), now)) {
                    return found.get().id();
                  }
                  found.ifPresent(expired -> rows.delete(expired.id()));
                  SessionRow made = Heads.fresh(Ids.next(rows, now), name, now, ttl);
                  rows.put(made);
                  return made.id();
                });
    return new Session(settings, name, id, 0);
  }

  /** The session of that name, if there is one. */
  public Optional<Session> find(String name) {
    return store()
        .read(rows -> rows.session(name))
        .filter(head -> !Moments.isOver(head.expiresAt(), now()))
        .map(head -> new Session(settings, head.name(), head.id(), 0));
  }

  /**
   * Opens a session after a crash, having looked whether all of it is there: everything that was
   * acknowledged, and nothing else. What is found is in {@link Recovered}.
   *
   * @throws SessionException if there is no such session
   */
  public Recovered recover(String name) {
    Session session =
        find(name)
            .orElseThrow(
                () ->
                    new SessionException(
                        "There is no session \""
                            + name
                            + "\" in "
                            + location()
                            + ". List those that there are, or open() a new one.",
                        null));
    return new Recovered(session, verification().verify(name), store().leftByACrash());
  }

  /** All sessions, the one used last first. */
  public List<SessionInfo> list() {
    Instant now = now();
    return heads().stream()
        .filter(head -> !Moments.isOver(head.expiresAt(), now))
        .map(Sessions::info)
        .sorted(
            Comparator.comparing(SessionInfo::touchedAt)
                .reversed()
                .thenComparing(SessionInfo::name))
        .toList();
  }

  private List<SessionRow> heads() {
    return store()
        .read(
            rows -> {
              List<SessionRow> all = new ArrayList<>();
              String after = "";
              List<SessionRow> page;
              do {
                page = rows.sessions(after, PAGE);
                all.addAll(page);
                after = page.isEmpty() ? after : page.get(page.size() - 1).name();
              } while (page.size() == PAGE);
              return all;
            });
  }

  /** Removes a session and all that is in it; false when there was none. */
  public boolean delete(String name) {
    boolean deleted =
        store()
            .write(
                rows -> {
                  Optional<SessionRow> found = rows.session(name);
                  found.ifPresent(head -> rows.delete(head.id()));
                  return found.filter(head -> !Moments.isOver(head.expiresAt(), now())).isPresent();
                });
    if (deleted) {
      settings.listeners().tell(new SessionChange(name, 0, now(), List.of()));
    }
    return deleted;
  }

  /**
   * Removes for good what has expired, and what was replaced longer ago than the history reaches.
   *
   * @return how much went
   */
  public Swept sweep() {
    return sweeper.sweep();
  }

  /** What {@link #sweep} would remove now. All rows are looked at, and none is changed. */
  public Swept sweepable() {
    return new Sweepable(settings).count();
  }

  /** Looks whether all that is kept is as it was written. */
  public Verified verify() {
    return verification().verify();
  }

  /**
   * Makes a dictionary of what is there, with which small values that are alike, such as messages
   * of a chat, get much smaller. It is kept beside the sessions and used for all that is written
   * from now on by this process, and by others once they open their sessions anew. What was written
   * before stays as it is; every dictionary that was ever used stays there to read it.
   *
   * @param samples how many values and entries to learn from at most, the newest sessions first; a
   *     few thousand do
   * @return the dictionary, or empty when there is too little to learn from
   * @throws IllegalStateException if compression is off
   */
  public Optional<CompressionDictionary> trainDictionary(int samples) {
    return new Training(settings).train(samples);
  }

  /**
   * Writes all values anew that are not encrypted with the current key, one session at a time.
   * Afterwards the keys before it are needed no more, but for backups.
   *
   * @return how many were written
   */
  public long reencrypt() {
    return new Rotation(settings).run();
  }

  /**
   * Takes everything that {@link #verify()} found damaged out of its sessions, counts what is left
   * anew, and makes new heads where they are damaged; the rest is whole after that. What is taken
   * out is kept apart, as it is, and missing from now on, in snapshots and past versions too. A
   * session whose head was damaged does not expire any more, and its locks are free.
   *
   * <p>What is lost can come back from a backup only: look at {@link Restore#only} first.
   *
   * @return how much was put aside; what is intact by now is left alone
   */
  public SetAside setAside(Verified found) {
    return new Repairs(settings).run(found);
  }

  /** The same for one problem alone. */
  public SetAside setAside(Verified.Problem problem) {
    return new Repairs(settings).run(problem);
  }

  /**
   * Writes all sessions into a file that is not there yet, readable by its owner alone: one
   * consistent state, while others write. Records are copied as they are, so compressed ones stay
   * small and encrypted ones need their key when they are read again. What was put aside is not in
   * it. Back with {@link Restore}.
   *
   * @throws SessionException if the file is there, or can't be written; then nothing is left of it
   */
  public Backup backup(Path file) {
    return new BackupRun(settings, file).full();
  }

  /**
   * Writes what is not as it was in an earlier backup, full or an increment itself. Sessions that
   * nothing changed in cost a few bytes, of others what was added, and values or stretches of logs
   * that were changed or trimmed.
   *
   * @param since the earlier backup, which is needed to restore this one
   * @throws SessionException if the file is there, or can't be written, or the earlier backup is
   *     damaged or was taken after now
   */
  public Backup backup(Path file, Path since) {
    return new BackupRun(settings, file).increment(since);
  }

  /**
   * Looks at a session on one consistent state, for reports and tools: that is no use of it, so
   * what slides is not prolonged, and a session that is not there is not made.
   *
   * @param question runs within a transaction that reads, so it calls nothing but what it was given
   * @return its answer; empty when there is no such session
   */
  public <T> Optional<T> look(String name, Function<SessionView, T> question) {
    Instant now = now();
    return store()
        .read(
            rows ->
                rows.session(name)
                    .filter(head -> !Moments.isOver(head.expiresAt(), now))
                    .map(
                        head ->
                            question.apply(
                                new LiveView(
                                    name,
                                    head.version(),
                                    new Lookup(rows, head, now),
                                    new Values(settings.format(), name)))));
  }

  /**
   * Tells of changes that are made in this process. Running the result ends it.
   *
   * @return what takes the listener away again
   */
  public Runnable listen(SessionListener listener) {
    return settings.listeners().add(listener);
  }

  /** Where the sessions lie, for messages. */
  public String location() {
    return store().location();
  }

  @Override
  public void close() {
    sweeper.close();
    store().close();
    settings.format().close();
  }

  Settings settings() {
    return settings;
  }

  private Verification verification() {
    return new Verification(settings);
  }

  private SessionStore store() {
    return settings.store();
  }

  private Instant now() {
    return Moments.micros(settings.time().instant());
  }

  private static SessionInfo info(SessionRow head) {
    return new SessionInfo(
        head.name(),
        head.createdAt(),
        head.touchedAt(),
        head.version(),
        head.contents().entries(),
        head.expiresAt());
  }
}
