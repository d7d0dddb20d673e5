package ai.powertools.store;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * SQLite: write-ahead log, every commit flushed, one connection that writes and several that read.
 *
 * @implNote {@code synchronous=FULL}, since with {@code NORMAL} a commit in WAL mode is not durable
 *     until the next checkpoint (sqlite.org/pragma.html#pragma_synchronous).
 */
final class SqliteEngine implements Engine {
  /** How long a process waits for another one's write; theirs take milliseconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String BEGIN = "BEGIN IMMEDIATE";

  private static final int MOST_IDLE_READERS = 8;

  /**
   * How many pages of 4 kB the log may hold before what is in it goes into the file itself, which
   * the writer has to wait for: eight times as many as SQLite's default. A page that is written
   * again and again goes there once, and one write in thousands waits. After a crash all of it is
   * read before the first answer: 32 MB, some hundredths of a second.
   */
  private static final int PAGES_OF_LOG = 8_000;

  /** After so many times it is taken for one that this system can't show. */
  private static final int MOST_LOOKS = 100;

  private final String url;
  private final String location;
  private final boolean inMemory;
  private final Optional<SqliteLog> log;
  private final Optional<Path> database;
  private final Recovery recovery;
  private final Duration patience;
  private final Time time;
  private final Backoff backoff;
  private final Deque<Link> idleReaders = new ConcurrentLinkedDeque<>();
  private @Nullable Link writer;
  private volatile @Nullable WalIndex index;
  private volatile boolean writerIsOpen = true;
  private int looksForIndex;
  private @Nullable FileIdentity written; // what the writer has open
  private volatile boolean closed;

  private SqliteEngine(
      String url, String location, Optional<Path> file, Duration patience, Time time) {
    this.url = url;
    this.location = location;
    this.inMemory = file.isEmpty();
    this.patience = patience;
    this.time = time;
    this.backoff = new Backoff(time);
    this.recovery =
        file.map(path -> new LogLook(SqliteLog.of(path), time).recovery()).orElse(Recovery.NONE);
    this.writer = connect(false);
    this.written = identity();
    this.log = file.map(SqliteLog::new);
    this.database = file;
  }

  static SqliteEngine file(Path file) {
    return file(file, PATIENCE, Time.system());
  }

  static SqliteEngine file(Path file, Duration patience, Time time) {
    Path path = file.toAbsolutePath().normalize();
    DatabaseFile.create(path);
    // As a URI: the driver would cut a plain path at a question mark.
    String url = "jdbc:sqlite:" + path.toUri();
    // SQLite keeps its log beside the file itself, not beside a link to it.
    Path real = DatabaseFile.real(path);
    return new SqliteEngine(url, path.toString(), Optional.of(real), patience, time);
  }

  static SqliteEngine memory() {
    return new SqliteEngine(
        "jdbc:sqlite::memory:", "memory", Optional.empty(), PATIENCE, Time.system());
  }

  @Override
  public Link takeWriter() {
    Link link = writer;
    if (link == null) {
      link = connect(false);
      writer = link;
      written = identity();
      writerIsOpen = true;
    }
    return link;
  }

  @Override
  public Link takeReader() {
    Link idle = idleReaders.poll();
    return idle != null ? idle : connect(true);
  }

  @Override
  public void giveBack(Link link, boolean healthy) {
    if (link == writer) {
      if (!healthy && !inMemory) {
        writer = null;
        writerIsOpen = false;
        forgetIndex(); // before it can go
        discard(link);
        // The last connection takes the log away; the next one makes another of that name.
        log.ifPresent(SqliteLog::close);
      }
    } else if (healthy && !closed && idleReaders.size() < MOST_IDLE_READERS) {
      idleReaders.add(link);
      if (closed && idleReaders.remove(link)) {
        discard(link);
      }
    } else {
      discard(link);
    }
  }

  @Override
  public boolean readsOnWriter() {
    return inMemory;
  }

  private @Nullable FileIdentity identity() {
    return inMemory ? null : new FileIdentity(Path.of(location));
  }

  /** What is written to a file without a name is acknowledged for nothing. */
  private void refuseWhenTakenAway() {
    FileIdentity opened = written;
    if (opened != null && !opened.isSame()) {
      closeIdleReaders();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "Could not write at "
              + location
              + ": the file was taken away or replaced while it was open. Put it back, or do the"
              + " same again to write to the one that has taken its place.",
          null);
    }
  }

  private void closeIdleReaders() {
    for (Link idle = idleReaders.poll(); idle != null; idle = idleReaders.poll()) {
      discard(idle);
    }
  }

  @Override
  public void beginWrite(Link link, WriteMode mode) throws SQLException {
    refuseWhenTakenAway();
    boolean flushes = mode.flushesAtCommit(canFlushLater());
    if (link.flushes() != flushes && !inMemory) {
      // In WAL mode NORMAL leaves out the flush at the commit, and nothing else; the next durable
      // commit flushes what was written before it as well.
      link.run(flushes ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
      link.setFlushes(flushes);
    }
    link.run(BEGIN); // nobody else writes meanwhile, whatever the lock is called
  }

  @Override
  public boolean canFlushLater() {
    return log.isPresent();
  }

  @Override
  public void flush() throws IOException {
    if (log.isPresent()) {
      log.get().flush();
    }
  }

  @Override
  public Optional<Mark> mark() {
    WalIndex found = index;
    return found != null ? found.mark() : lookForIndex().flatMap(WalIndex::mark);
  }

  private synchronized void forgetIndex() {
    index = null;
    looksForIndex = 0;
  }

  /**
   * It is there from the first transaction on, not before; and it is sure to stay the same only
   * while the writer has the database open.
   */
  private synchronized Optional<WalIndex> lookForIndex() {
    if (index == null
        && writerIsOpen
        && !closed
        && database.isPresent()
        && looksForIndex < MOST_LOOKS) {
      looksForIndex++;
      index = WalIndex.of(database.get()).orElse(null);
    }
    return Optional.ofNullable(index);
  }

  @Override
  public Optional<Mark> othersMark(Link link) throws SQLException {
    // It counts the commits of other connections; another connection counts anew.
    return Optional.of(new Mark(link.number(), link.number("PRAGMA data_version")));
  }

  @Override
  public String beginRead() {
    return "BEGIN";
  }

  /** The same lock keeps everybody out. */
  @Override
  public String beginMigration() {
    return BEGIN;
  }

  @Override
  public String translate(String ddl) {
    return ddl.replace("{{serial}}", "INTEGER PRIMARY KEY AUTOINCREMENT")
        .replace("{{bytes}}", "BLOB")
        .replace("{{clustered}}", "WITHOUT ROWID")
        .replace("{{key}}", "INTEGER PRIMARY KEY")
        .replace("{{text}}", "TEXT");
  }

  @Override
  public StoreException failure(String what, SQLException e) {
    return SqliteFailures.of(what, location, e);
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public Upkeep upkeep() {
    return new SqliteUpkeep(this, recovery);
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeIdleReaders();
    Link last = writer;
    if (last != null) {
      discard(last);
      writer = null;
    }
    log.ifPresent(SqliteLog::close);
    WalIndex.closeThoseGone();
  }

  /** A connection that the caller closes. */
  Link connect(boolean readOnly) {
    long start = time.nanos();
    for (int tries = 1; ; tries++) {
      try {
        return tryToConnect(readOnly);
      } catch (SQLException e) {
        StoreException failure = failure("open", e);
        if (failure.kind() != StoreException.Kind.BUSY
            || time.since(start).compareTo(patience) >= 0) {
          throw failure;
        }
      }
      pause(tries);
    }
  }

  /**
   * Switching a new file to the write-ahead log upgrades a lock, for which SQLite doesn't wait: of
   * processes that start together all but one are turned away at once.
   */
  private void pause(int tries) {
    try {
      backoff.pause(tries);
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("opening " + location, e);
    }
  }

  private Link tryToConnect(boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    config.enforceForeignKeys(true);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    if (!inMemory) {
      // The file was made before, with the right permissions: it must not come back without them.
      config.resetOpenMode(SQLiteOpenMode.CREATE);
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    }
    Link link = new Link(config.createConnection(url), true);
    try {
      if (readOnly) {
        link.run("PRAGMA query_only = ON");
      } else {
        link.number("PRAGMA wal_autocheckpoint = " + PAGES_OF_LOG);
      }
    } catch (SQLException e) {
      discard(link);
      throw e;
    }
    return link;
  }

  /** What was durable is; nothing that closing could throw changes that. */
  static void discard(Link link) {
    try {
      link.close();
    } catch (SQLException e) {
      // A connection that can't be closed ends with the process.
    }
  }
}
