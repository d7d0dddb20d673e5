package ai.powertools.store;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
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

  private static final int MOST_IDLE_READERS = 8;

  private final String url;
  private final String location;
  private final boolean inMemory;
  private final Duration patience;
  private final Time time;
  private final Backoff backoff;
  private final Deque<Link> idleReaders = new ConcurrentLinkedDeque<>();
  private @Nullable Link writer;
  private volatile boolean closed;

  private SqliteEngine(
      String url, String location, boolean inMemory, Duration patience, Time time) {
    this.url = url;
    this.location = location;
    this.inMemory = inMemory;
    this.patience = patience;
    this.time = time;
    this.backoff = new Backoff(time);
    this.writer = connect(false);
  }

  static SqliteEngine file(Path file) {
    return file(file, PATIENCE, Time.system());
  }

  static SqliteEngine file(Path file, Duration patience, Time time) {
    Path path = file.toAbsolutePath().normalize();
    PrivateFiles.create(path);
    // As a URI: the driver would cut a plain path at a question mark.
    String url = "jdbc:sqlite:" + path.toUri();
    return new SqliteEngine(url, path.toString(), false, patience, time);
  }

  static SqliteEngine memory() {
    return new SqliteEngine("jdbc:sqlite::memory:", "memory", true, PATIENCE, Time.system());
  }

  @Override
  public Link takeWriter() {
    Link link = writer;
    if (link == null) {
      link = connect(false);
      writer = link;
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
        discard(link);
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

  @Override
  public String beginWrite() {
    return "BEGIN IMMEDIATE";
  }

  @Override
  public String beginRead() {
    return "BEGIN";
  }

  /** The same lock keeps everybody out. */
  @Override
  public String beginMigration() {
    return beginWrite();
  }

  @Override
  public String translate(String ddl) {
    return ddl.replace("{{serial}}", "INTEGER PRIMARY KEY AUTOINCREMENT")
        .replace("{{bytes}}", "BLOB");
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
  public synchronized void close() {
    closed = true;
    for (Link idle = idleReaders.poll(); idle != null; idle = idleReaders.poll()) {
      discard(idle);
    }
    Link last = writer;
    if (last != null) {
      discard(last);
      writer = null;
    }
  }

  private Link connect(boolean readOnly) {
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
    if (readOnly) {
      try {
        link.run("PRAGMA query_only = ON");
      } catch (SQLException e) {
        discard(link);
        throw e;
      }
    }
    return link;
  }

  /** What was durable is; nothing that closing could throw changes that. */
  private static void discard(Link link) {
    try {
      link.close();
    } catch (SQLException e) {
      // A connection that can't be closed ends with the process.
    }
  }
}
