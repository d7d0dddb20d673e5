package ai.powertools.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A place to keep things, by transactions that are durable when the call returns.
 *
 * <p>Transactions that write run one after the other within a process, and as if one after the
 * other among processes; those that are waiting at the same time share one commit, so that many
 * threads pay for few flushes of the disk. Safe for use by many threads.
 */
public interface Store extends AutoCloseable {

  /**
   * One SQLite file, made if it is not there, readable by its owner alone. Many processes of one
   * machine may share it.
   *
   * @throws StoreException if the file can't be opened, is not a database, or is damaged
   */
  static Store sqlite(Path file) {
    return new TransactionalStore(SqliteEngine.file(file));
  }

  /** Memory, for tests and for trying out: nothing is left after {@link #close()}. */
  static Store inMemory() {
    return new TransactionalStore(SqliteEngine.memory());
  }

  /**
   * A PostgreSQL database, shared by many processes and machines. The caller brings the driver and
   * a pool, and closes the pool. One connection is in use while something is written, one for each
   * reader while it reads.
   */
  static Store postgres(DataSource dataSource) {
    return new TransactionalStore(new PostgresEngine(dataSource));
  }

  /**
   * Runs a transaction and returns when what it wrote is durable. If it throws, or a statement of
   * it failed, nothing of it is kept and the error is thrown here.
   *
   * <p>An interrupt withdraws a transaction that has not begun ({@link
   * ai.powertools.core.CancelledException}); once it has, the call waits for its outcome, so that
   * the caller always knows it, and restores the interrupt flag.
   *
   * @throws StoreException if the database refuses; nothing of the transaction is kept then, unless
   *     the kind is {@link StoreException.Kind#IN_DOUBT}
   */
  <T> T write(Transaction<T> work);

  /** {@link #write(Transaction)} in another mode: returns when its {@link WriteMode} says. */
  <T> T write(WriteMode mode, Transaction<T> work);

  /** {@link #write(Transaction)} for work that gives nothing. */
  default void update(Consumer<Sql> work) {
    write(
        sql -> {
          work.accept(sql);
          return true;
        });
  }

  /**
   * {@link #write(Transaction)} without waiting. The future completes when the transaction is
   * durable; what hangs on it without an executor of its own runs on the writing thread and must be
   * short: it may write like this again, but wait for nothing. Cancelling the future withdraws
   * nothing.
   */
  <T> CompletableFuture<T> writeAsync(Transaction<T> work);

  /** {@link #writeAsync(Transaction)} in another mode. */
  <T> CompletableFuture<T> writeAsync(WriteMode mode, Transaction<T> work);

  /**
   * Runs a transaction that only reads, on one consistent state of the database: all that was
   * written when it began, which is durable but for what {@link WriteMode} says.
   *
   * @throws StoreException if the database refuses, or something is to be changed
   */
  <T> T read(Transaction<T> work);

  /**
   * A mark of what is committed now, by whichever process: as long as it is the same, a read gives
   * what it gave. It costs next to nothing, so that what was read may be kept and need not be read
   * again. Empty where the database has none, and while somebody is just committing.
   */
  Optional<Mark> mark();

  /**
   * All rows of one query, in its order, as a list that the caller may change: {@link #read} for a
   * single statement, with the same guarantees and without the trips that begin and end a
   * transaction.
   *
   * @param reader makes a value of each row; must not call the store
   * @param parameters as {@link Sql} takes them
   * @throws StoreException if the database refuses, or something is to be changed
   */
  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters);

  /** The first row of one query; empty when there is none. Otherwise like {@link #query}. */
  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters);

  /**
   * The leases that are kept in this store, by the machine's own clock. Their table is made at the
   * first call.
   *
   * @throws StoreException if it can't be made
   */
  Leases leases();

  /**
   * Asks to be told that something was committed, by whomever, after this call has returned. A
   * commit of this process is told at once, one of another process within {@code atMostEvery};
   * never are there two calls within that time, and what is committed meanwhile is told at its end:
   * many commits may make one call, but after the last commit there is always one. It may be called
   * in vain: on PostgreSQL also when anything else on the same server has ended, in another
   * database or without having changed anything.
   *
   * <p>All calls are made by one daemon thread of this store, one after the other; they may use the
   * store. What one throws is logged, and the watch goes on.
   *
   * @param atMostEvery the least time between two calls, and between two looks at what other
   *     processes did; above zero
   * @throws StoreException if the database can't be asked
   */
  Watch watch(Duration atMostEvery, Runnable changed);

  /**
   * Copies the whole database into a new file, as it is at one moment, while others go on reading
   * and writing. The file is there when this returns, on the disk, whole, and readable by its owner
   * alone; when this throws it is not. It is a SQLite database that {@link #sqlite} opens. To
   * restore it, put a copy in the place of a file that nobody has open, and take away the {@code
   * -wal} and {@code -shm} files beside that one: they belong to the old content.
   *
   * @param file not there yet; in a folder that is
   * @throws StoreException if it is there, or can't be written; of the kind {@link
   *     StoreException.Kind#UNSUPPORTED} on PostgreSQL, for which there is {@code pg_dump}
   */
  void backup(Path file);

  /**
   * Looks for damage: reads all of the database, which takes its time, while others go on reading
   * and writing.
   *
   * @throws StoreException if the database can't be asked; damage is not thrown, but told
   */
  Integrity verify();

  /** What was found in the log of a SQLite file when this store was opened. */
  Recovery recovery();

  /**
   * Brings a module's tables to the version that its program knows: applies the steps that are
   * missing, each once, also when several processes start together.
   *
   * @throws StoreException if the tables are newer than the program, or an applied step was edited
   */
  void migrate(Migrations migrations);

  /**
   * Whether this is a thread of the store itself, which runs transactions and what hangs on their
   * futures: on it nobody may wait for a write.
   */
  default boolean isOwnThread() {
    return false;
  }

  /** Where it is, for messages: a path, or the URL of a database without its password. */
  String location();

  /**
   * Finishes what is waiting, then closes. Harmless twice. Not for use within a transaction, which
   * it would wait for ({@link StoreException.Kind#MISUSE}).
   */
  @Override
  void close();
}
