package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who of those that wait will be too late, as far as is known now. Guarded by the gate's guard.
 *
 * @param limiter its name
 */
record Outlook(String limiter) {
  /** Beyond so many before it a newcomer's wait is known only in part. */
  private static final int LONGEST_LOOK = 1024;

  /** A plan for all who wait at a place but those who would be too late. */
  record Prospect(Plan plan, Map<Waiter, RateLimitExceededException> refusals) {}

  /** What is ahead of all who wait at a place. */
  Prospect of(Node node, long now) {
    Plan plan = node.freshPlan(now, Reasons.otherwise(node, now));
    Map<Waiter, RateLimitExceededException> refusals = new LinkedHashMap<>();
    for (Iterator<Waiter> waiters = node.waiters(); waiters.hasNext(); ) {
      Waiter waiter = waiters.next();
      RateLimitExceededException refusal = refusalHere(waiter, plan, now);
      if (refusal == null) {
        plan.admit(waiter.amounts());
      } else {
        refusals.put(waiter, refusal);
      }
    }
    return new Prospect(plan, refusals);
  }

  /** What is planned for those before somebody who waits. */
  static Plan planBefore(Waiter waiter, long now) {
    Node node = waiter.place();
    Plan plan = node.freshPlan(now, Reasons.otherwise(node, now));
    Iterator<Waiter> others = node.waiters();
    Waiter next = others.next();
    for (int i = 0; next != waiter && i < LONGEST_LOOK && plan.at() <= waiter.deadline; i++) {
      plan.admit(next.amounts());
      next = others.next();
    }
    return plan;
  }

  /** Why this one, next in the plan, cannot be let through in time; null when it can. */
  @Nullable RateLimitExceededException refusal(Waiter waiter, Plan ahead, long now) {
    RateLimitExceededException refusal = refusalHere(waiter, ahead, now);
    for (int i = waiter.position + 1; refusal == null && i < waiter.path.length; i++) {
      Node node = waiter.path[i];
      long earliest = node.openAt(waiter.amounts(), now);
      if (earliest > waiter.patienceEnd()) {
        refusal = tooLate(waiter, Reasons.of(node, waiter.amounts(), now), earliest - now);
      }
    }
    return refusal;
  }

  /** Why somebody who waits, here or elsewhere, can no longer pass this place; null when it can. */
  @Nullable RateLimitExceededException refusalAt(Node node, Waiter waiter, long now) {
    if (!waiter.passes(node)) {
      return null;
    }
    Limit limit = node.impossible(waiter.amounts());
    if (limit != null) {
      return RateLimitExceededException.impossible(
          limiter, waiter.demand, Reasons.at(node, limit.toString()), limit.largest());
    }
    if (node.closedUntil() > waiter.deadline) {
      return tooLate(
          waiter, Reasons.at(node, Reasons.otherwise(node, now)), node.closedUntil() - now);
    }
    return null;
  }

  private @Nullable RateLimitExceededException refusalHere(Waiter waiter, Plan ahead, long now) {
    long earliest = ahead.earliest(waiter.amounts());
    if (earliest > waiter.patienceEnd() && isForTime(waiter.place(), now)) {
      return tooLate(
          waiter, Reasons.at(waiter.place(), ahead.inTheWay(waiter.amounts())), earliest - now);
    }
    if (waiter.deadline <= now) {
      Node place = waiter.place();
      if (place.supply != null && place.awaitsAnswer(waiter, now)) {
        return place.supply.withoutServer(waiter, now);
      }
      return RateLimitExceededException.busy(
          limiter, waiter.demand, Duration.ofNanos(waiter.allowed), Reasons.callsAtOnce(place));
    }
    return null;
  }

  /**
   * Whether there is a moment to wait for. Where limits are shared only the server knows, but for a
   * pause; and who has no patience at all waits for its answer.
   */
  private static boolean isForTime(Node place, long now) {
    return place.supply == null || place.closedUntil() > now;
  }

  private RateLimitExceededException tooLate(Waiter waiter, String inTheWay, long nanos) {
    return RateLimitExceededException.tooLate(
        limiter,
        waiter.demand,
        Duration.ofNanos(waiter.allowed),
        inTheWay,
        Duration.ofNanos(nanos));
  }
}
