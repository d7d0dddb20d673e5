package ai.powertools.cost;

import ai.powertools.store.Integrity;
import ai.powertools.store.Leases;
import ai.powertools.store.Mark;
import ai.powertools.store.Migrations;
import ai.powertools.store.Recovery;
import ai.powertools.store.RowReader;
import ai.powertools.store.Store;
import ai.powertools.store.Transaction;
import ai.powertools.store.Watch;
import ai.powertools.store.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A store whose transactions lose their work at the end, now and then, and are run again, as
 * happens among processes whose transactions are in each other's way.
 */
final class FlakyStore implements Store {
  private final Store real;
  private final BooleanSupplier loses;
  private final Runnable meanwhile;

  /**
   * @param loses asked at the end of each transaction of {@link #writeAsync}
   * @param meanwhile what others do before it is run again; not on the writing thread
   */
  FlakyStore(Store real, BooleanSupplier loses, Runnable meanwhile) {
    this.real = real;
    this.loses = loses;
    this.meanwhile = meanwhile;
  }

  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public <T> T write(Transaction<T> work) {
    return real.write(work);
  }

  @Override
  public <T> T write(WriteMode mode, Transaction<T> work) {
    return real.write(mode, work);
  }

  @Override
  public <T> CompletableFuture<T> writeAsync(Transaction<T> work) {
    return writeAsync(WriteMode.DURABLE, work);
  }

  @Override
  public <T> CompletableFuture<T> writeAsync(WriteMode mode, Transaction<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    attempt(mode, work, result);
    return result;
  }

  private <T> void attempt(WriteMode mode, Transaction<T> work, CompletableFuture<T> result) {
    var unused =
        real.writeAsync(mode, sql -> losing(work.run(sql)))
            .whenCompleteAsync(
                (value, failure) -> {
                  if (failure instanceof Lost) {
                    meanwhile.run();
                    attempt(mode, work, result);
                  } else if (failure != null) {
                    result.completeExceptionally(failure);
                  } else {
                    result.complete(value);
                  }
                });
  }

  private <T> T losing(T value) {
    if (loses.getAsBoolean()) {
      throw new Lost();
    }
    return value;
  }

  @Override
  public <T> T read(Transaction<T> work) {
    return real.read(work);
  }

  @Override
  public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    return real.query(sql, reader, parameters);
  }

  @Override
  public <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
    return real.first(sql, reader, parameters);
  }

  @Override
  public Leases leases() {
    return real.leases();
  }

  @Override
  public Watch watch(Duration atMostEvery, Runnable changed) {
    return real.watch(atMostEvery, changed);
  }

  @Override
  public void backup(Path file) {
    real.backup(file);
  }

  @Override
  public Integrity verify() {
    return real.verify();
  }

  @Override
  public Recovery recovery() {
    return real.recovery();
  }

  @Override
  public Optional<Mark> mark() {
    return real.mark();
  }

  @Override
  public void migrate(Migrations migrations) {
    real.migrate(migrations);
  }

  @Override
  public String location() {
    return real.location();
  }

  @Override
  public void close() {
    real.close();
  }
}
