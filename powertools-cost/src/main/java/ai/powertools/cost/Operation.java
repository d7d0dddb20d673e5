package ai.powertools.cost;

import ai.powertools.core.CancelledException;
import ai.powertools.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One turn at the book on its way through a transaction that it shares with others.
 *
 * @param <T> what it gives
 */
final class Operation<T> {
  private final Ledger.Turn<T> turn;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private List<CostEvent> events = List.of();
  private @Nullable T result;
  private @Nullable RuntimeException refusal;

  Operation(Ledger.Turn<T> turn) {
    this.turn = turn;
  }

  /** Whose sums it will look at. */
  Optional<Held> touches() {
    return turn.touches();
  }

  /** Takes it for running, or takes it back; false when the other was first. */
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  /** Does it, again if need be. What the rules refuse changes nothing, so the others go on. */
  void run(SqlBook book, List<Limit> limits, boolean countsLost) {
    events = new ArrayList<>(0);
    result = null;
    refusal = null;
    try {
      result = turn.take(new Accounting(book, limits, countsLost, events::add));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      refusal = e;
      events = List.of();
    }
  }

  /** What it did is kept. */
  @SuppressWarnings("NullAway") // T itself says whether its value may be null
  void kept() {
    if (refusal != null) {
      outcome.completeExceptionally(refusal);
    } else {
      outcome.complete(result);
    }
  }

  /** Nothing was kept. */
  void failed(Throwable why) {
    refusal = why instanceof RuntimeException e ? e : new CompletionException(why);
    events = List.of();
    outcome.completeExceptionally(refusal);
  }

  /** What happened, once the outcome is there. */
  List<CostEvent> events() {
    return events;
  }

  /** Waits for the outcome; an interrupt withdraws it where it has not begun. */
  T await() {
    return await(true);
  }

  /** Waits for the outcome, whatever comes. */
  T awaitSurely() {
    return await(false);
  }

  private T await(boolean withdraws) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return outcome.get();
        } catch (InterruptedException e) {
          if (withdraws && take()) {
            throw CancelledException.interrupted("waiting for the ledger; nothing was reserved", e);
          }
          interrupted = true;
        } catch (ExecutionException e) {
          throw Objects.requireNonNull(refusal, "an outcome without a reason");
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
