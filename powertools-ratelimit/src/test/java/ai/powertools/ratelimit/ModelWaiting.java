package ai.powertools.ratelimit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that waits, as a test sees it from outside. */
final class ModelWaiting {
  final Demand demand;
  final List<ModelPlace> path;
  final long deadline;
  @Nullable CompletableFuture<Permit> future;

  ModelWaiting(Demand demand, List<ModelPlace> path, long deadline) {
    this.demand = demand;
    this.path = path;
    this.deadline = deadline;
  }

  /** Whether they are let through in the order in which they came. */
  boolean isInLineWith(ModelWaiting other) {
    return demand.keys().equals(other.demand.keys())
        && demand.priority() == other.demand.priority()
        && demand.tenant().equals(other.demand.tenant());
  }
}
