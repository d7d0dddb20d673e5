package ai.powertools.cost;

import ai.powertools.store.Sql;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import ai.powertools.store.Transaction;
import ai.powertools.store.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Operations of one write mode on their way to the store: whatever waits when a transaction begins
 * shares it, and with it the reading and writing of the sums.
 */
final class Lane {
  /** Bounds what one commit can make others wait for. */
  private static final int MOST_PER_TRANSACTION = 512;

  private final Store store;
  private final WriteMode mode;
  private final StoreLedger ledger;
  private final Queue<Operation<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean announced = new AtomicBoolean();

  Lane(Store store, WriteMode mode, StoreLedger ledger) {
    this.store = store;
    this.mode = mode;
    this.ledger = ledger;
  }

  <T> Operation<T> add(Ledger.Turn<T> turn) {
    Operation<T> operation = new Operation<>(turn);
    waiting.add(operation);
    announce();
    return operation;
  }

  private void announce() {
    if (!announced.get() && announced.compareAndSet(false, true)) {
      submit(new Shared());
    }
  }

  private void submit(Shared work) {
    try {
      var unused = store.writeAsync(mode, work).whenComplete((done, failure) -> work.tell(failure));
    } catch (StoreException e) { // the store is closed
      work.take();
      work.tell(e);
    }
  }

  /** A transaction for many. */
  private final class Shared implements Transaction<Boolean> {
    private final List<Operation<?>> operations = new ArrayList<>();
    private @Nullable SqlBook book;
    private boolean begun;
    private boolean more;

    Shared() {}

    Shared(Operation<?> alone) {
      operations.add(alone);
      begun = true;
    }

    /** Once, also when the transaction is run again: those who come later have their own. */
    private void take() {
      if (begun) {
        return;
      }
      begun = true;
      announced.set(false);
      Operation<?> next = waiting.poll();
      while (next != null) {
        if (next.take()) {
          operations.add(next);
        }
        next = operations.size() < MOST_PER_TRANSACTION ? waiting.poll() : null;
      }
      // Not from within a transaction, which can't begin another.
      more = !waiting.isEmpty() && announced.compareAndSet(false, true);
    }

    @Override
    public Boolean run(Sql sql) {
      take();
      if (!operations.isEmpty()) {
        book = ledger.run(sql, operations);
      }
      return true;
    }

    void tell(@Nullable Throwable failure) {
      if (more) {
        more = false;
        submit(new Shared());
      }
      if (failure == null) {
        if (book != null) {
          book.kept();
        }
        operations.forEach(Operation::kept);
      } else if (operations.size() > 1 && mayBeTheFaultOfOne(failure)) {
        operations.forEach(one -> submit(new Shared(one)));
      } else {
        take(); // it may have failed before it ran: nobody may wait for ever
        operations.forEach(one -> one.failed(failure));
      }
    }
  }

  private static boolean mayBeTheFaultOfOne(Throwable failure) {
    return failure instanceof StoreException refused
        && (refused.kind() == StoreException.Kind.CONSTRAINT
            || refused.kind() == StoreException.Kind.FULL
            || refused.kind() == StoreException.Kind.STATEMENT);
  }
}
