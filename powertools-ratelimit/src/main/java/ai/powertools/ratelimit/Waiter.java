package ai.powertools.ratelimit;

import ai.powertools.core.Time;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for a permit. The gate decides under its guard; the waiter is told afterwards,
 * outside of it, and hands the permit back if nobody is there any more to take it.
 */
final class Waiter {
  final Gate gate;
  final Demand demand;

  /** The places it has to pass, the most particular first. */
  final Node[] path;

  /** What it allowed, in nanoseconds, for messages. */
  final long allowed;

  /** When it came, on the gate's clock. */
  final long since;

  /** When it gives up, on the gate's clock; {@link Level#NEVER} when it never does. */
  final long deadline;

  /** The share of its tenant. */
  final int weight;

  final CompletableFuture<Permit> answer = new CompletableFuture<>();
  private final Executor executor;

  // Guarded by the gate's guard until the waiter is told.
  long sequence;
  int position;
  boolean waits;
  double cost;
  Time.Timer expiry = () -> false;
  private @Nullable Permit permit;
  private @Nullable RateLimitExceededException refusal;

  Waiter(
      Gate gate, Demand demand, Node[] path, long now, long grace, int weight, Executor executor) {
    this.gate = gate;
    this.demand = demand;
    this.path = path;
    this.since = now;
    this.allowed = demand.waitNanos();
    this.deadline = allowed >= Level.FAR ? Level.NEVER : now + allowed + grace;
    this.weight = weight;
    this.executor = executor;
  }

  /** How long its turn takes on the virtual clock of its lane. */
  double turn() {
    return cost / weight;
  }

  Amounts amounts() {
    return demand.amounts();
  }

  /** When its patience ends, whatever longer it may take to decide. */
  long patienceEnd() {
    return allowed >= Level.FAR ? Level.NEVER : since + allowed;
  }

  /** Where it waits. */
  Node place() {
    return path[position];
  }

  /** Lets every place on its path know of it, so that none is forgotten. */
  void announce() {
    for (int i = 0; i < path.length; i++) {
      if (i < position) {
        path[i].claim(this);
      } else {
        path[i].coming++;
      }
    }
  }

  /** The opposite, before it moves or goes. */
  void withdraw() {
    for (int i = 0; i < path.length; i++) {
      if (i < position) {
        path[i].unclaim(this);
      } else {
        path[i].coming--;
      }
    }
  }

  /** Whether it came before another one of its priority and tenant. */
  boolean isBefore(Waiter other) {
    return sequence < other.sequence
        && demand.priority() == other.demand.priority()
        && demand.tenant().equals(other.demand.tenant());
  }

  /** Which of the places that it has passed is not open for it any more; -1 if all are. */
  int firstClosed(long now) {
    for (int i = 0; i < position; i++) {
      if (!path[i].isOpen(amounts(), now)) {
        return i;
      }
    }
    return -1;
  }

  boolean passes(Node place) {
    return Arrays.asList(path).contains(place);
  }

  void granted(Permit permit) {
    this.permit = permit;
    waits = false;
    expiry.cancel();
  }

  void refused(RateLimitExceededException refusal) {
    this.refusal = refusal;
    waits = false;
    expiry.cancel();
  }

  /** Passes the decision on. Not under the gate's guard: other people's code may run here. */
  void tell() {
    try {
      executor.execute(this::complete);
    } catch (RuntimeException | Error e) {
      complete(); // an executor that takes nothing must not keep a permit from going back
    }
  }

  private void complete() {
    if (refusal != null) {
      answer.completeExceptionally(refusal);
    } else if (permit != null && !answer.complete(permit)) {
      permit.cancel();
    }
  }
}
