package ai.powertools.ratelimit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A call that was let through, and what it was charged. */
final class ModelCall {
  final Demand demand;
  final Permit permit;
  final List<ModelPlace> path;
  private final Deque<ModelCharge> charges = new ArrayDeque<>();
  private final ModelCharge charged;
  private boolean reported;
  private boolean closed;
  private long leaseEnd;

  ModelCall(Demand demand, Permit permit, List<ModelPlace> path, long now, long leaseEnd) {
    this.demand = demand;
    this.permit = permit;
    this.path = path;
    this.leaseEnd = leaseEnd;
    charged = new ModelCharge(now, demand);
    charge(new ModelCharge(now, demand));
  }

  private void charge(ModelCharge charge) {
    charges.push(charge);
    path.forEach(place -> place.charge(charge));
  }

  boolean isOut(long now) {
    return !closed && now < leaseEnd;
  }

  void renew(long now, long lease) {
    if (isOut(now)) {
      leaseEnd = now + lease;
    }
  }

  void close() {
    closed = true;
  }

  /** Everything is forgiven, unless the call was sent after all. */
  void cancel(long now) {
    if (isOut(now) && !reported) {
      charges.forEach(ModelCharge::forgive);
      charged.forgive();
    }
    closed = true;
  }

  /** It used so much in all: what it was known to send, and the answer. */
  void used(long tokens, long now) {
    long all = demand.tokens();
    boolean untold =
        demand.amount(Dimension.INPUT_TOKENS) == all
            && demand.amount(Dimension.OUTPUT_TOKENS) == all;
    long input = Math.min(demand.amount(Dimension.INPUT_TOKENS), tokens);
    used(Dimension.TOKENS, tokens, now);
    used(Dimension.INPUT_TOKENS, untold ? tokens : input, now);
    used(Dimension.OUTPUT_TOKENS, untold ? tokens : tokens - input, now);
  }

  void used(Dimension dimension, long amount, long now) {
    reported = true;
    long more = amount - charged.of(dimension);
    charged.set(dimension, amount);
    if (more > 0) {
      ModelCharge debt = new ModelCharge(now);
      debt.set(dimension, more);
      charge(debt);
    }
    for (ModelCharge charge : charges) {
      long back = Math.min(charge.of(dimension), Math.max(0, -more));
      charge.set(dimension, charge.of(dimension) - back);
      more += back;
    }
  }
}
