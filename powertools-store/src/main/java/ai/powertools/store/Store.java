package ai.powertools.store;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;

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

  /** {@link #write} for work that gives nothing. */
  default void update(Consumer<Sql> work) {
    write(
        sql -> {
          work.accept(sql);
          return true;
        });
  }

  /**
   * {@link #write} without waiting. The future completes when the transaction is durable; what
   * hangs on it without an executor of its own runs on the writing thread and must be short.
   * Cancelling the future withdraws nothing.
   */
  <T> CompletableFuture<T> writeAsync(Transaction<T> work);

  /**
   * Runs a transaction that only reads, on one consistent state of the database: all that was
   * durable when it began.
   *
   * @throws StoreException if the database refuses, or something is to be changed
   */
  <T> T read(Transaction<T> work);

  /**
   * Brings a module's tables to the version that its program knows: applies the steps that are
   * missing, each once, also when several processes start together.
   *
   * @throws StoreException if the tables are newer than the program, or an applied step was edited
   */
  void migrate(Migrations migrations);

  /** Where it is, for messages: a path, or the URL of a database without its password. */
  String location();

  /**
   * Finishes what is waiting, then closes. Harmless twice. Not for use within a transaction, which
   * it would wait for ({@link StoreException.Kind#MISUSE}).
   */
  @Override
  void close();
}
