package ai.powertools.store;

import ai.powertools.core.CancelledException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The one implementation of {@link Store}; what differs between databases is in its engine. */
final class TransactionalStore implements Store {
  private final Engine engine;
  private final GroupCommit writer;
  private volatile boolean closed;

  TransactionalStore(Engine engine) {
    this.engine = engine;
    this.writer = new GroupCommit(engine);
  }

  @Override
  public <T> T write(Transaction<T> work) {
    return await(submit(work));
  }

  @Override
  public <T> CompletableFuture<T> writeAsync(Transaction<T> work) {
    return submit(work).result();
  }

  @Override
  public <T> T read(Transaction<T> work) {
    refuseNesting();
    if (engine.readsOnWriter()) {
      return write(work);
    }
    refuseWhenClosed();
    try {
      return readOnOwnConnection(work);
    } catch (SQLException e) {
      throw engine.failure("read", e);
    }
  }

  @Override
  public void migrate(Migrations migrations) {
    new Migrator(this, engine).migrate(migrations);
  }

  @Override
  public String location() {
    return engine.location();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      writer.close();
      engine.close();
    }
  }

  /** How many commits there were; fewer than transactions when they shared. */
  long commits() {
    return writer.commits();
  }

  private <T> T readOnOwnConnection(Transaction<T> work) throws SQLException {
    Link link = engine.takeReader();
    JdbcSql sql = new JdbcSql(link, engine);
    boolean healthy = false;
    try {
      link.run(engine.beginRead());
      T result = work.run(sql);
      link.run("COMMIT");
      healthy = true;
      return result;
    } catch (SQLException | RuntimeException e) {
      healthy = rolledBack(link, e);
      throw e;
    } finally {
      sql.end();
      engine.giveBack(link, healthy);
    }
  }

  private static boolean rolledBack(Link link, Exception cause) {
    try {
      link.run("ROLLBACK");
      return true;
    } catch (SQLException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  private <T> PendingWrite<T> submit(Transaction<T> work) {
    refuseNesting();
    refuseWhenClosed();
    PendingWrite<T> pending = new PendingWrite<>(work);
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
          throw unwrapped(e.getCause());
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
