package ai.powertools.store;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Store}; what differs between databases is in its engine. */
final class TransactionalStore implements Store {
  private final Engine engine;
  private final GroupCommit writer;
  private final LeaseBell leaseBell = new LeaseBell();
  private @Nullable Leases leases;
  private @Nullable Watcher watcher;
  private volatile boolean closed;

  TransactionalStore(Engine engine) {
    this.engine = engine;
    this.writer = new GroupCommit(engine, Time.system());
  }

  @Override
  public <T> T write(Transaction<T> work) {
    return await(submit(PendingWrite.of(work::run)));
  }

  @Override
  public <T> T write(WriteMode mode, Transaction<T> work) {
    return await(submit(PendingWrite.<T>of(mode, work::run)));
  }

  @Override
  public <T> CompletableFuture<T> writeAsync(Transaction<T> work) {
    return writeAsync(WriteMode.DURABLE, work);
  }

  @Override
  public <T> CompletableFuture<T> writeAsync(WriteMode mode, Transaction<T> work) {
    if (writer.isInTransaction()) {
      refuseNesting(); // once it is kept, what hangs on its future may write again
    }
    return enqueue(PendingWrite.<T>of(mode, work::run)).result();
  }

  @Override
  public <T> T read(Transaction<T> work) {
    if (engine.readsOnWriter()) {
      return await(submit(PendingWrite.<T>of(sql -> sql.readOnWriter(work))));
    }
    refuseNesting();
    refuseWhenClosed();
    return readOnOwnConnection(work);
  }

  @Override
  public Optional<Mark> mark() {
    refuseWhenClosed();
    return engine.mark();
  }

  @Override
  public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return readOnce(view -> view.query(sql, reader, parameters));
  }

  @Override
  public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) {
    return readOnce(view -> view.first(sql, reader, parameters));
  }

  @Override
  public synchronized Leases leases() {
    Leases known = leases;
    if (known == null) {
      known = Leases.of(this, Time.system());
      leases = known;
    }
    return known;
  }

  LeaseBell leaseBell() {
    return leaseBell;
  }

  @Override
  public Watch watch(Duration atMostEvery, Runnable changed) {
    refuseNesting();
    return watcher().add(atMostEvery, changed);
  }

  private synchronized Watcher watcher() {
    refuseWhenClosed();
    Watcher known = watcher;
    if (known == null) {
      known = new Watcher(engine.upkeep().changeSign(), engine.location(), Time.system());
      writer.onCommit(known::committed);
      watcher = known;
    }
    return known;
  }

  private synchronized @Nullable Watcher knownWatcher() {
    return watcher;
  }

  @Override
  public void backup(Path file) {
    refuseNesting();
    refuseWhenClosed();
    new Backup(file).make(empty -> engine.upkeep().copy(this, empty));
  }

  /** Runs a transaction that shares its commit with no other. */
  <T> T alone(PendingWrite.Work<T> work) {
    return await(submit(PendingWrite.migration(work)));
  }

  @Override
  public Integrity verify() {
    return engine.upkeep().verify(this);
  }

  @Override
  public Recovery recovery() {
    return engine.upkeep().recovery();
  }

  @Override
  public void migrate(Migrations migrations) {
    Migrator migrator = new Migrator(migrations, engine);
    if (!migrator.isDone(this)) {
      await(submit(PendingWrite.migration(migrator::apply)));
    }
  }

  @Override
  public boolean isOwnThread() {
    return writer.isCurrentThread();
  }

  @Override
  public String location() {
    return engine.location();
  }

  @Override
  public void close() {
    refuseNesting();
    closed = true;
    Watcher watching = knownWatcher();
    if (watching != null) {
      watching.close();
    }
    writer.close();
    engine.close();
  }

  /** How many commits there were; fewer than transactions when they shared. */
  long commits() {
    return writer.commits();
  }

  private <T> T readOnOwnConnection(Transaction<T> work) {
    Link link = engine.takeReader();
    JdbcSql sql = JdbcSql.reading(link, engine);
    boolean healthy = false;
    try {
      link.run(engine.beginRead());
      T result = work.run(sql);
      StoreException failure = sql.failure();
      if (failure != null) {
        throw failure;
      }
      link.run("COMMIT");
      healthy = true;
      return result;
    } catch (SQLException e) {
      healthy = link.rolledBack(e);
      throw engine.failure("read", e);
    } catch (Throwable e) {
      healthy = link.rolledBack(e);
      throw e;
    } finally {
      sql.end();
      engine.giveBack(link, healthy);
    }
  }

  private <T> T readOnce(Transaction<T> work) {
    if (engine.readsOnWriter()) {
      return read(work);
    }
    refuseNesting();
    refuseWhenClosed();
    Link link = engine.takeReader();
    JdbcSql sql = JdbcSql.readingOnce(link, engine);
    boolean healthy = false;
    try {
      T result = work.run(sql);
      healthy = true;
      return result;
    } catch (Throwable e) {
      healthy = engine.endFailedRead(link, e);
      throw e;
    } finally {
      sql.end();
      engine.giveBack(link, healthy);
    }
  }

  private <T> PendingWrite<T> submit(PendingWrite<T> pending) {
    refuseNesting();
    return enqueue(pending);
  }

  private <T> PendingWrite<T> enqueue(PendingWrite<T> pending) {
    refuseWhenClosed();
    writer.submit(pending);
    return pending;
  }

  private void refuseNesting() {
    if (writer.isCurrentThread()) {
      throw new StoreException(
          StoreException.Kind.MISUSE,
          "The store was called from within a transaction, which would wait for itself."
              + " Use the Sql that the transaction was given.",
          null);
    }
  }

  private void refuseWhenClosed() {
    if (closed) {
      throw GroupCommit.closed(engine);
    }
  }

  private static <T> T await(PendingWrite<T> pending) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return pending.result().get();
        } catch (InterruptedException e) {
          if (pending.withdraw()) {
            throw CancelledException.interrupted("waiting to write; nothing was written", e);
          }
          // It has begun: only its outcome can be told, not whether it should have been.
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrapped(pending.failure());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unwrapped(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      return e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return new CompletionException(failure);
  }
}
